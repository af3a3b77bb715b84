import { python } from './pickles.ts'

/** Pickles that Python makes only of programs' own classes, or that are written by hand. */
export const [[, handmade] = ['', []]] = python(
  [],
  `
import pickle, json, os, sys, io, dataclasses, enum, copyreg
@dataclasses.dataclass
class Order:
    n: int
    tags: list
class Color(enum.Enum):
    RED = 2
class Deep(list):
    pass
class Attack:
    def __reduce__(self):
        return os.system, ('echo owned > /tmp/owned',)
class Stored(pickle.Pickler):
    def persistent_id(self, value):
        return ('row', 7) if isinstance(value, Color) else None
def stored(value, protocol):
    out = io.BytesIO()
    Stored(out, protocol).dump(value)
    return out.getvalue()
copyreg.add_extension('__main__', 'Order', 240)
order = Order(5, ['a'])
with_extension = pickle.dumps(order, 4)
copyreg.remove_extension('__main__', 'Order', 240)
recursive = []
recursive.append(recursive)
pair = ([],)
pair[0].append(pair)
deep = Deep([1])
deep.n = 5
buffers = []
bomb = 'x'
for _ in range(60): bomb = (bomb, bomb)
print(json.dumps(['', [data.hex() for data in [
    pickle.dumps(order, 2), pickle.dumps(order, 0), pickle.dumps(Color.RED, 4), pickle.dumps(Attack(), 0), pickle.dumps({'a': [Attack()]}, 4),
    stored([Color.RED], 2), with_extension, pickle.dumps(recursive, 4), pickle.dumps(pair, 4), pickle.dumps(deep, 4),
    pickle.dumps([pickle.PickleBuffer(b'abc'), 1], 5, buffer_callback=buffers.append), pickle.dumps(bomb, 4),
    pickle.dumps(['name' * 20, 'name' * 20], 4), pickle.dumps([{'n': 1}, {'n': 2}], 4),
]]]))
`,
)

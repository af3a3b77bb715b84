import { messageType, parseRoot, schemaOf } from '../../../support/protobuf-schema.ts'

/** Every kind of field in proto3. */
export const modern = parseRoot(`
  syntax = "proto3";
  package test;
  import "google/protobuf/any.proto";
  import "google/protobuf/duration.proto";
  import "google/protobuf/empty.proto";
  import "google/protobuf/field_mask.proto";
  import "google/protobuf/struct.proto";
  import "google/protobuf/timestamp.proto";
  import "google/protobuf/wrappers.proto";
  enum Color { COLOR_NONE = 0; COLOR_RED = 1; COLOR_BLUE = 2; COLOR_ODD = -3; }
  message Everything {
    double a_double = 1;
    float a_float = 2;
    int32 an_int32 = 3;
    int64 an_int64 = 4;
    uint32 a_uint32 = 5;
    uint64 a_uint64 = 6;
    sint32 a_sint32 = 7;
    sint64 a_sint64 = 8;
    fixed32 a_fixed32 = 9;
    fixed64 a_fixed64 = 10;
    sfixed32 a_sfixed32 = 11;
    sfixed64 a_sfixed64 = 12;
    bool a_bool = 13;
    string a_string = 14;
    bytes some_bytes = 15;
    Color color = 16;
    Everything nested = 17;
    repeated int32 numbers = 18;
    repeated int32 loose = 19 [packed = false];
    repeated string names = 20;
    repeated Everything children = 21;
    map<string, int32> counts = 22;
    map<int32, Everything> by_id = 23;
    map<bool, Color> flags = 24;
    oneof choice {
      string text = 25;
      int32 number = 26;
      Everything message = 27;
    }
    optional int32 maybe = 28;
    repeated double doubles = 29;
    repeated Color colors = 30;
    repeated sint64 zigzags = 31;
    map<uint64, bytes> blobs = 2000;
  }
  message Known {
    google.protobuf.Timestamp time = 1;
    google.protobuf.Duration span = 2;
    google.protobuf.FieldMask mask = 3;
    google.protobuf.Struct struct = 4;
    google.protobuf.Value value = 5;
    google.protobuf.ListValue list = 6;
    google.protobuf.Any any = 7;
    google.protobuf.Empty empty = 8;
    google.protobuf.DoubleValue a_double = 9;
    google.protobuf.FloatValue a_float = 10;
    google.protobuf.Int64Value an_int64 = 11;
    google.protobuf.UInt64Value a_uint64 = 12;
    google.protobuf.Int32Value an_int32 = 13;
    google.protobuf.UInt32Value a_uint32 = 14;
    google.protobuf.BoolValue a_bool = 15;
    google.protobuf.StringValue a_string = 16;
    google.protobuf.BytesValue some_bytes = 17;
    google.protobuf.NullValue nothing = 18;
    repeated google.protobuf.Value values = 19;
    oneof choice { google.protobuf.NullValue null_choice = 20; int32 other = 21; }
  }
`)

/** Features that only proto2 has. */
export const classic = parseRoot(`
  syntax = "proto2";
  package old;
  enum Level { LOW = 1; HIGH = 2; }
  message Record {
    required int32 id = 1;
    required string name = 2;
    optional Level level = 3 [default = HIGH];
    repeated int32 numbers = 4;
    repeated int32 packed_numbers = 5 [packed = true];
    optional group Inner = 6 { optional int32 depth = 1; optional Record record = 2; }
    optional bool flag = 7;
    optional string text = 8;
    extensions 100 to 199;
  }
  extend Record { optional string nick = 100; repeated int32 marks = 101; }
`)

export const modernSchema = schemaOf(modern)
export const classicSchema = schemaOf(classic)
export const everything = messageType(modernSchema, 'test.Everything')
export const known = messageType(modernSchema, 'test.Known')
export const record = messageType(classicSchema, 'old.Record')

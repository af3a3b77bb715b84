@echo off
rem The command line runs on the system's Node.js: the app's own executable refuses to be one, so that nobody
rem can have it run code that is not the app's.
where /q node
if errorlevel 1 (
  echo zmq-inspector: Node.js 20.19 or newer is needed for the command line, and there is no node on PATH. 1>&2
  exit /b 1
)
node "%~dp0..\app.asar.unpacked\out\cli\index.js" %*

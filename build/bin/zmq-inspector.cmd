@echo off
rem The command line runs on the system's Node.js. On other systems the app's own executable does where there is none;
rem here a program with windows has no console to print to.
where /q node
if errorlevel 1 (
  echo zmq-inspector: Node.js 20.19 or newer is needed for the command line, and there is no node on PATH. 1>&2
  exit /b 1
)
node "%~dp0..\app.asar.unpacked\out\cli\index.js" %*

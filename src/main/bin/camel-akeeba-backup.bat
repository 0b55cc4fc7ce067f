@echo off
rem Starts camel-akeeba-backup: finds Java and chooses its options.
rem   JAVA_HOME   the Java to use, 17 or later; else the one on the PATH
rem   JAVA_OPTS   options for it; they win over those of this script
setlocal

set "APP=%~dp0.."
if not exist "%APP%\camel-akeeba-backup.jar" (
  echo there is no camel-akeeba-backup.jar in %APP%; unpack the whole zip, and start bin\camel-akeeba-backup.bat in it>&2
  exit /b 2
)

set "JAVA=java.exe"
if not "%JAVA_HOME%"=="" (
  set "JAVA=%JAVA_HOME%\bin\java.exe"
  if not exist "%JAVA_HOME%\bin\java.exe" (
    echo JAVA_HOME is %JAVA_HOME%, where there is no bin\java.exe; set it to the folder of a Java 17 or later, or unset it>&2
    exit /b 2
  )
) else (
  where /q java.exe
  if errorlevel 1 (
    echo there is no java.exe on the PATH, and JAVA_HOME is not set; install a Java 17 or later>&2
    exit /b 2
  )
)

rem a command is over before the better compiler pays
set "OPTIONS=-XX:TieredStopAtLevel=1"
for %%A in (%*) do if /i "%%~A"=="serve" set "OPTIONS=-XX:MaxRAMPercentage=50 -XX:+ExitOnOutOfMemoryError"

"%JAVA%" %OPTIONS% %JAVA_OPTS% -jar "%APP%\camel-akeeba-backup.jar" %*
exit /b %errorlevel%

@echo off
rem Starts camel-akeeba-backup: finds Java and chooses its options.
rem   JAVA_HOME   the Java to use, 17 or later; else the one on the PATH
rem   JAVA_OPTS   options for it; they win over those of this script
setlocal

set "APP=%~dp0.."
if not exist "%APP%\camel-akeeba-backup.jar" goto no_program

if "%JAVA_HOME%"=="" goto on_path
set "JAVA=%JAVA_HOME%\bin\java.exe"
if not exist "%JAVA%" goto no_java_home
goto found

:on_path
set "JAVA="
for %%J in (java.exe) do set "JAVA=%%~$PATH:J"
if not defined JAVA goto no_java

:found
rem the file release says the version without a start of Java; the java.exe of some installers has none beside it
set "MAJOR=17"
for %%J in ("%JAVA%") do set "RELEASE=%%~dpJ..\release"
if exist "%RELEASE%" for /f tokens^=2^ delims^=.^" %%V in ('findstr /b "JAVA_VERSION=" "%RELEASE%"') do set "MAJOR=%%V"
if %MAJOR% LSS 17 goto old_java

rem a command is over before the better compiler pays
set "OPTIONS=-XX:TieredStopAtLevel=1"
for %%A in (%*) do if /i "%%~A"=="serve" set "OPTIONS=-XX:MaxRAMPercentage=50 -XX:+ExitOnOutOfMemoryError"

"%JAVA%" %OPTIONS% "-Dbackup.program=%~0" %JAVA_OPTS% -jar "%APP%\camel-akeeba-backup.jar" %*
exit /b %errorlevel%

rem by labels, since a folder such as Program Files (x86) would end a block in parentheses
:no_program
echo there is no camel-akeeba-backup.jar in %APP%; unpack the whole zip, and start bin\camel-akeeba-backup.bat in it>&2
exit /b 2

:no_java_home
echo JAVA_HOME is %JAVA_HOME%, where there is no bin\java.exe; set it to the folder of a Java 17 or later, or unset it>&2
exit /b 2

:no_java
echo there is no java.exe on the PATH, and JAVA_HOME is not set; install a Java 17 or later>&2
exit /b 2

:old_java
echo camel-akeeba-backup needs Java 17 or later; %JAVA% is Java %MAJOR%. Set JAVA_HOME to a newer one>&2
exit /b 2

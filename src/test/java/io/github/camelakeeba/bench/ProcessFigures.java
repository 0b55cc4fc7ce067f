package io.github.camelakeeba.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** What Linux knows of a process, below {@code /proc}; elsewhere all is 0. */
record ProcessFigures(ProcessHandle process) {
  private static final double TICKS = 100; // a second; USER_HZ, the same on all Linux ports we know

  static ProcessFigures of(long pid) {
    return new ProcessFigures(ProcessHandle.of(pid).orElseThrow());
  }

  /** Seconds of processor time of it and all its children, also of those that have ended. */
  double cpuSeconds() {
    return Stream.concat(Stream.of(process), process.descendants())
        .mapToDouble(each -> cpuSeconds(each.pid()))
        .sum();
  }

  private static double cpuSeconds(long pid) {
    String stat = String.join("", lines(pid, "stat"));
    if (stat.isEmpty()) {
      return 0;
    }
    // the name, in parentheses, may hold spaces; behind it utime is the 12th, then stime, and those
    // of the children that were waited for
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    long ticks = 0;
    for (int i = 11; i < 15; i++) {
      ticks += Long.parseLong(fields[i]);
    }
    return ticks / TICKS;
  }

  /** MiB of memory, at most so far. */
  long peakMib() {
    return status("VmHWM:") / 1024;
  }

  long threads() {
    return status("Threads:");
  }

  private long status(String key) {
    return lines(process.pid(), "status").stream()
        .filter(line -> line.startsWith(key))
        .map(line -> line.replaceAll("\\D", ""))
        .filter(Objects::nonNull)
        .mapToLong(Long::parseLong)
        .findFirst()
        .orElse(0);
  }

  private static List<String> lines(long pid, String file) {
    try {
      return Files.readAllLines(Path.of("/proc", String.valueOf(pid), file));
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      return List.of(); // it ended while we read
    }
  }
}

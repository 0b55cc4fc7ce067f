package io.github.camelakeeba.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Starts a {@link SimulatedFleet}, and asks it what it has seen. */
final class FleetProcess implements AutoCloseable {
  private final ObjectMapper json = new ObjectMapper();
  private final Process process;
  private final BufferedReader out;
  private final URI address;

  /** Times are milliseconds. */
  FleetProcess(int sites, int steps, long work, long sleepTime) throws IOException {
    List<String> command = new ArrayList<>(Jvm.command("-Xmx1g", "-Xss256k", "-XX:+UseSerialGC"));
    command.add(SimulatedFleet.class.getName());
    for (long each : new long[] {sites, steps, work, sleepTime}) {
      command.add(String.valueOf(each));
    }
    process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    address = URI.create(line());
  }

  /** The endpoint of the site of this number, from 0. */
  URI url(int site) {
    return address.resolve(
        "site-" + site + "/index.php?option=com_akeebabackup&view=api&format=raw");
  }

  SimulatedFleet.Report report() throws IOException {
    OutputStream in = process.getOutputStream();
    in.write('\n');
    in.flush();
    return json.readValue(line(), SimulatedFleet.Report.class);
  }

  long pid() {
    return process.pid();
  }

  private String line() throws IOException {
    String line = out.readLine();
    if (line == null) {
      throw new IOException("the simulated sites have ended");
    }
    return line;
  }

  @Override
  public void close() {
    process.destroy();
  }
}

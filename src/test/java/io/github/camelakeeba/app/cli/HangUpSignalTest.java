package io.github.camelakeeba.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelakeeba.app.cli.output.ExitCode;
import io.github.camelakeeba.product.RunningProduct;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** SIGHUP has a running serve read its configuration anew, and never ends it. */
@Tag("process")
@DisabledOnOs(OS.WINDOWS)
class HangUpSignalTest {
  private static final URI NOWHERE = URI.create("http://127.0.0.1:9/");

  @TempDir Path home;
  @TempDir Path output;

  private ChildProcess serve() throws Exception {
    // a build below nohup hands on that SIGHUP is ignored, and Java leaves it so
    List<String> starter =
        OS.LINUX.isCurrentOs() ? List.of("env", "--default-signal=HUP") : List.of();
    return new ChildProcess(output, starter, "serve", "--home", home.toString());
  }

  @Test
  void a_good_change_is_taken_and_a_bad_one_leaves_what_runs() throws Exception {
    Program program = new Program(home).site("shop", NOWHERE);
    try (ChildProcess serve = serve()) {
      serve.says("serving 1 sites");
      program.site("blog", NOWHERE);
      serve.signal("HUP");
      serve.says("the configuration was reloaded (asked by SIGHUP): 2 sites; added: blog");

      program.sites("sites: {shop: {url: nowhere}}\n");
      serve.signal("HUP");
      serve.says("the configuration was not reloaded (asked by SIGHUP)");
      serve.says("'secret' is missing");

      serve.terminate();
      assertThat(serve.code(60)).isEqualTo(ExitCode.COMPLETED);
    }
  }

  @Tag("fault")
  @Test
  void one_that_comes_while_it_starts_ends_nothing_and_is_answered_then() throws Exception {
    try (ServerSocket list = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      new Program(home)
          .sites(
              "sources: [{from: \"http://127.0.0.1:%s/list\", template: {secret: a-word}}]%n"
                  .formatted(list.getLocalPort()));
      try (ChildProcess serve = serve();
          Socket held = list.accept()) {
        // it starts, and waits for its list
        serve.signal("HUP");
        new Program(home).site("blog", NOWHERE);
        answer(held);

        serve.says("the configuration was reloaded (asked by SIGHUP): 1 sites; added: blog");
        await().atMost(RunningProduct.PATIENCE).until(() -> serve.err().contains("serving "));
        assertThat(serve.alive()).isTrue();
      }
    }
  }

  private static void answer(Socket caller) throws Exception {
    InputStream in = caller.getInputStream();
    StringBuilder request = new StringBuilder();
    while (!request.toString().endsWith("\r\n\r\n")) {
      request.append((char) in.read());
    }
    String list = "name,url\nshop," + NOWHERE + "\n";
    caller
        .getOutputStream()
        .write(
            "HTTP/1.1 200 OK\r\nContent-Type: text/csv\r\nContent-Length: %s\r\n\r\n%s"
                .formatted(list.length(), list)
                .getBytes(StandardCharsets.US_ASCII));
  }
}

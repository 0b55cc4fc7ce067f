package io.github.camelakeeba.product;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelakeeba.event.Event;
import io.github.camelakeeba.simulator.SimulatedSite;
import io.github.camelakeeba.simulator.http.RecordedRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Queue;
import org.apache.camel.util.FileUtil;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** One started product for all tests of a class; each test takes a site that nobody used before. */
final class Sites implements BeforeAllCallback, AfterAllCallback {
  private final int count;
  private final String[] lines;
  private final Queue<Taken> free = new ArrayDeque<>();
  private int atOnce = 50;
  private Path folder;
  private RunningProduct product;

  /** So many sites, each with these lines of sites.yaml. */
  Sites(int count, String... lines) {
    this.count = count;
    this.lines = lines;
  }

  /** At most so many runs at once, in place of 50. */
  Sites atOnce(int runs) {
    atOnce = runs;
    return this;
  }

  /** A site of one test. */
  record Taken(RunningProduct product, String name, SimulatedSite site) {
    Event backup() {
      return product.backup(name);
    }

    /** Runs a backup that must fail with this kind; gives the sentence. */
    String failure(String kind) {
      Event outcome = backup();
      assertThat(outcome.data().state()).isEqualTo("failed");
      assertThat(outcome.data().error().kind())
          .as(outcome.data().error().message())
          .isEqualTo(kind);
      return outcome.data().error().message();
    }

    /** The methods that arrived, in their order. */
    java.util.List<String> methods() {
      return site.requests().stream().map(RecordedRequest::method).toList();
    }
  }

  /** A Joomla site of five steps. */
  Taken take() {
    return free.remove();
  }

  RunningProduct product() {
    return product;
  }

  @Override
  public void beforeAll(ExtensionContext context) throws Exception {
    folder = Files.createTempDirectory("sites");
    product = new RunningProduct(folder);
    for (int i = 1; i <= count; i++) {
      String name = "shop-" + i;
      SimulatedSite site = product.server().joomla(name).secret(RunningProduct.SECRET).steps(5);
      product.site(name, site.url(), lines);
      free.add(new Taken(product, name, site));
    }
    product.yaml("limits: {concurrent: %1$d, perHost: %1$d}\n".formatted(atOnce)).start();
  }

  @Override
  public void afterAll(ExtensionContext context) throws IOException {
    try {
      product.close();
    } finally {
      FileUtil.removeDir(folder.toFile());
    }
  }
}

package io.github.camelakeeba.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.camelakeeba.exchange.JvmErrors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the Java machine itself lacks is no failure of a run, and nothing goes on as if it were. */
@Tag("fault")
class JvmErrorsTest {
  private final DefaultCamelContext context = new DefaultCamelContext();
  private final AtomicInteger failed = new AtomicInteger();
  private Supplier<Throwable> error;

  /** Replaces the beans that the error handling of a run calls. */
  public final class Steps {
    /** The run as it failed. */
    public After recordFailure(@Body Ended run) {
      failed.incrementAndGet();
      return new After(false, run);
    }
  }

  /** The body of a failed run. */
  public record Ended(String failure) {}

  /** Nothing stops, and no other node has claimed it. */
  public record After(boolean closing, Ended run) {}

  @BeforeEach
  void start() throws Exception {
    context.getRegistry().bind("backup-steps", new Steps());
    PluginHelper.getRoutesLoader(context)
        .loadRoutes(
            ResourceHelper.resolveMandatoryResource(
                context, "file:routes/error-handling.camel.yaml"));
    context.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("direct:run")
                .routeConfigurationId("backup-run-errors")
                .errorHandler(defaultErrorHandler())
                .bean(new Raising());
            from("direct:backup-outcome").log("the end");
            from("direct:caught")
                .errorHandler(noErrorHandler())
                .doTry()
                .bean(new Raising())
                .doCatch(Exception.class)
                .bean(new Handling())
                .end();
          }
        });
    context.start();
  }

  @AfterEach
  void stop() {
    context.stop();
  }

  /** Handles what a catch-all caught; a bean, since Camel wraps what a bean throws. */
  public final class Handling {
    public void handle(Exchange exchange) {
      JvmErrors.rethrowJvmError(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class));
      failed.incrementAndGet();
    }
  }

  /** A step of a run. */
  public final class Raising {
    /** Throws. */
    public void raise() throws Throwable {
      throw error.get();
    }
  }

  static Stream<Supplier<Throwable>> errors() {
    return Stream.of(
        () -> new OutOfMemoryError("Java heap space"),
        () -> new StackOverflowError(),
        () -> new IllegalStateException(new OutOfMemoryError("Java heap space")));
  }

  @ParameterizedTest
  @MethodSource("errors")
  void an_error_of_the_machine_is_no_failure_of_the_run(Supplier<Throwable> thrown) {
    error = thrown;
    send("direct:run");
    assertThat(failed).hasValue(0);
  }

  @ParameterizedTest
  @MethodSource("errors")
  void it_goes_through_what_catches_every_exception(Supplier<Throwable> thrown) {
    error = thrown;
    Exchange exchange = send("direct:caught");
    assertThat(failed).hasValue(0);
    assertThat(exchange.getException()).hasRootCauseInstanceOf(VirtualMachineError.class);
  }

  @Test
  void a_class_that_is_missing_is_a_failure_as_any_other() {
    error = () -> new NoClassDefFoundError("org/example/Missing");
    send("direct:run");
    send("direct:caught");
    assertThat(failed).hasValue(2);
  }

  private Exchange send(String route) {
    try (var template = context.createProducerTemplate()) {
      return template.request(
          route, exchange -> exchange.getMessage().setBody(new Ended("it failed")));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void nothing_catches_Throwable() throws IOException {
    assertThat(naming("routes", ".yaml", "java\\.lang\\.(Throwable|Error)\\b")).isEmpty();
    assertThat(naming("src/main/java", ".java", "catch \\((Throwable|Error)\\b")).isEmpty();
  }

  @Test
  void a_write_that_met_one_is_not_repeated_as_if_the_store_were_away() {
    StoreRetry retry = new StoreRetry(new StoreAvailability(Clock.systemUTC()));
    AtomicInteger calls = new AtomicInteger();
    Throwable thrown =
        catchThrowable(
            () ->
                retry.execute(
                    () -> {
                      if (calls.incrementAndGet() == 1) {
                        throw new StoreUnavailableException(null);
                      }
                      throw new OutOfMemoryError("Java heap space");
                    }));
    assertThat(thrown).isInstanceOf(OutOfMemoryError.class);
    assertThat(calls).hasValue(2);
  }

  private static List<Path> naming(String folder, String end, String pattern) throws IOException {
    Pattern wanted = Pattern.compile(pattern);
    return files(folder, end).stream()
        .filter(
            file -> {
              try {
                return wanted.matcher(Files.readString(file)).find();
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
            })
        .toList();
  }

  private static List<Path> files(String folder, String end) throws IOException {
    try (Stream<Path> all = Files.walk(Path.of(folder))) {
      return all.filter(file -> file.toString().endsWith(end)).toList();
    }
  }
}

package io.github.camelakeeba.routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelakeeba.akeeba.answer.EnvelopeFormat;
import io.github.camelakeeba.backup.RouteValues;
import io.github.camelakeeba.event.EventJson;
import io.github.camelakeeba.exchange.HostReplyAggregationStrategy;
import io.github.camelakeeba.store.TransactionPolicy;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.model.Model;
import org.apache.camel.model.ModelLifecycleStrategySupport;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.CamelLogger;
import org.apache.camel.spi.Registry;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.apache.camel.test.junit5.CamelContextConfiguration;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.junit.jupiter.api.BeforeEach;

/**
 * Loads one shipped route file alone, and whatever it names as {@code routeConfigurationId}.
 *
 * <ul>
 *   <li>Timers, queues and other consumers are replaced: each route is {@code direct:<its id>}, and
 *       an operation of the HTTP API {@code direct:get/api/sites}.
 *   <li>Beans are {@linkplain FakeBean fakes} whose answers the test gives.
 *   <li>Routes of other files and endpoints outside are {@link MockEndpoint}s.
 * </ul>
 *
 * What the route does one after the other is its story: {@code bean.method} of each question, the
 * address of each endpoint outside, and the beginning and end of each transaction.
 */
abstract class RouteTestSupport extends CamelTestSupport {
  private static final Properties BEAN_TYPES = beanTypes();
  private static final List<RouteFile> FILES = RouteFile.all().toList();

  private final RouteFile file = RouteFile.of(getClass().getAnnotation(ShippedRoute.class).value());
  private final List<RouteFile> loaded = loaded();
  private final Set<String> inside = new TreeSet<>();
  private final Map<String, FakeBean> beans = new HashMap<>();
  private final Map<String, MockEndpoint> outside = new HashMap<>();
  private final Map<String, Deque<Object>> replies = new HashMap<>();
  private final List<String> story = new CopyOnWriteArrayList<>();
  private final List<String> logged = new CopyOnWriteArrayList<>();
  private RouteCoverage coverage;
  private int transactionAttempts = 1;
  private int attempts;

  /** The class of each bean that a route calls, by its name in the registry. */
  static Properties beanTypes() {
    try (InputStream in = RouteTestSupport.class.getResourceAsStream("/route-beans.properties")) {
      Properties types = new Properties();
      types.load(in);
      return types;
    } catch (IOException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  final void coverage(RouteCoverage recorder) {
    coverage = recorder;
  }

  // ---- what a test sets

  /** The fake that stands in for a bean. */
  protected final FakeBean bean(String name) {
    return beans.computeIfAbsent(name, this::fake);
  }

  private FakeBean fake(String name) {
    String type = BEAN_TYPES.getProperty(name);
    assertThat(type).as("the type of %s in route-beans.properties", name).isNotNull();
    try {
      return new FakeBean(name, Class.forName(type), story::add);
    } catch (ClassNotFoundException e) {
      throw new AssertionError("route-beans.properties: " + name, e);
    }
  }

  /**
   * Lets an endpoint outside, such as {@code direct:backup-request}, give these bodies one call
   * after the other, and the last again and again; a throwable is what the call fails with, a
   * processor may set more than the body.
   */
  protected final void endpointAnswers(String uri, Object... bodies) {
    replies.put(uri, new ArrayDeque<>(List.of(bodies)));
  }

  /** What fails in a transaction is done again as a whole, so many times in all. */
  protected final void transactionAttempts(int attempts) {
    transactionAttempts = attempts;
  }

  /** Makes a route of a template of the file; it is called by the template's id. */
  protected final void startTemplate(String id, Map<String, Object> parameters) {
    TemplatedRouteBuilder.builder(context, id).routeId(id).parameters(parameters).add();
    coverage.count(file.toString(), context);
  }

  // ---- what a test does

  /** Sends a body to a route of the file; the exchange holds the result, or the exception. */
  protected final Exchange send(String route, Object body) {
    return send(route, exchange -> exchange.getMessage().setBody(body));
  }

  /** Sends what is prepared to a route of the file. */
  protected final Exchange send(String route, Consumer<Exchange> prepared) {
    Exchange exchange = new DefaultExchange(context);
    prepared.accept(exchange);
    try {
      return template.send("direct:" + route, exchange);
    } catch (VirtualMachineError e) {
      // Camel lets it pass; the thread of a consumer would end with it
      exchange.setException(e);
      return exchange;
    }
  }

  /** Lets a consumer that has nothing in its body, such as a timer, fire. */
  protected final Exchange fire(String route) {
    return send(route, (Object) null);
  }

  /**
   * Sends a body to a route that has this configuration of the file and meets these failures, one
   * an attempt; {@code mock:after} gets what is behind the step that failed.
   */
  protected final Exchange fail(String configuration, Object body, Throwable... failures)
      throws Exception {
    Iterator<Throwable> next = List.of(failures).iterator();
    context.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("direct:failing")
                .routeConfigurationId(configuration)
                .process(
                    exchange -> {
                      attempts++;
                      if (next.hasNext()) {
                        exchange.setException(next.next());
                      }
                    })
                .to("mock:after");
          }
        });
    return send("failing", body);
  }

  // ---- what a test looks at

  /** How often the step that failed was tried. */
  protected final int attempts() {
    return attempts;
  }

  /** What was asked and sent, in order. */
  protected final void assertStory(String... steps) {
    assertThat(story).containsExactly(steps);
  }

  /** What was asked and sent, in order. */
  protected final List<String> story() {
    return List.copyOf(story);
  }

  /** What the steps {@code log} wrote: level and line. */
  protected final List<String> logged() {
    return List.copyOf(logged);
  }

  /** The exchanges that came to an endpoint outside. */
  protected final List<Exchange> received(String uri) {
    return outside.containsKey(uri) ? outside.get(uri).getReceivedExchanges() : List.of();
  }

  // ---- how it is set up

  @Override
  public void configureContext(CamelContextConfiguration configuration) {
    super.configureContext(configuration);
    Properties pauses = new Properties();
    pauses.put("backup-timing-hold-pause", "1");
    pauses.put("backup-timing-max-hold-pause", "1");
    configuration.withUseOverridePropertiesWithPropertiesComponent(pauses);
  }

  @Override
  protected CamelContext createCamelContext() throws Exception {
    CamelContext camel = super.createCamelContext();
    file.parts().forEach(part -> inside.add("direct:" + part.id()));
    camel.getCamelContextExtension().addInterceptStrategy(coverage);
    camel.getCamelContextExtension().registerEndpointCallback(this::replaceOutside);
    camel.getCamelContextExtension().addLogListener(this::log);
    camel
        .getCamelContextExtension()
        .getContextPlugin(Model.class)
        .addModelLifecycleStrategy(new DirectConsumers());
    // each operation is a route of its own
    camel.getRestConfiguration().setInlineRoutes(false);
    for (String scheme : List.of("backup-http", "akeeba-http", "smtp", "smtps", "kamelet")) {
      camel.addComponent(scheme, new OutsideComponent());
    }
    return camel;
  }

  private String log(Exchange exchange, CamelLogger logger, String line) {
    logged.add(logger.getLevel() + " " + line);
    return line;
  }

  @Override
  protected void bindToRegistry(Registry registry) {
    registry.bind("backup-host-reply", new HostReplyAggregationStrategy());
    registry.bind("backup-json-mapper", new EventJson().mapper());
    registry.bind("akeeba-json", new EnvelopeFormat());
    registry.bind("akeeba-unanswered", RouteValues.UNANSWERED);
    registry.bind("akeeba-next-endpoint", RouteValues.NEXT_ENDPOINT);
    registry.bind("akeeba-site-clock", RouteValues.SITE_CLOCK);
    registry.bind("backup-running", RouteValues.RUNNING);
    registry.bind("backup-stepping", RouteValues.STEPPING);
    registry.bind("backup-download-threads", ForkJoinPool.commonPool());
    for (RouteFile one : loaded) {
      RouteFile.walk(one.tree(), (key, node) -> bind(registry, key, node));
    }
  }

  private void bind(Registry registry, String key, JsonNode node) {
    String name = node.path("ref").asText();
    if (name.isEmpty() || registry.lookupByName(name) != null) {
      return;
    }
    if (key.equals("policy")) {
      registry.bind(name, new TransactionPolicy((exchange, steps) -> transaction(name, steps)));
    } else {
      registry.bind(name, bean(name).mock());
    }
  }

  private void transaction(String name, Runnable steps) {
    for (int attempt = 1; ; attempt++) {
      story.add("begin " + name);
      try {
        steps.run();
        story.add("commit");
        return;
      } catch (RuntimeException e) {
        story.add("rollback");
        if (attempt >= transactionAttempts) {
          throw e;
        }
      }
    }
  }

  /** The file, and the configurations in other files that its routes name. */
  private List<RouteFile> loaded() {
    List<RouteFile> files = new ArrayList<>();
    Set<String> named = new TreeSet<>(file.tree().findValuesAsText("routeConfigurationId"));
    if (!named.isEmpty()) {
      FILES.stream()
          .filter(one -> !one.file().equals(file.file()))
          .map(one -> one.configurations(named))
          .filter(one -> !one.tree().isEmpty())
          .forEach(files::add);
    }
    files.add(file);
    return files;
  }

  @Override
  protected RoutesBuilder[] createRouteBuilders() throws Exception {
    List<Resource> resources = new ArrayList<>();
    for (RouteFile one : loaded) {
      resources.add(
          one == file
              ? ResourceHelper.resolveMandatoryResource(context, "file:" + one.file())
              // JSON is YAML
              : ResourceHelper.fromString(one.toString(), one.tree().toString()));
    }
    Collection<RoutesBuilder> builders =
        PluginHelper.getRoutesLoader(context).findRoutesBuilders(resources);
    return builders.toArray(RoutesBuilder[]::new);
  }

  @BeforeEach
  final void count_the_steps() {
    // an error of the Java machine leaves its exchange in flight
    context.getShutdownStrategy().setTimeUnit(TimeUnit.MILLISECONDS);
    coverage.count(file.toString(), context);
  }

  private Endpoint replaceOutside(String uri, Endpoint endpoint) {
    String name = uri.replace("://", ":");
    return name.startsWith("direct:") && !inside.contains(name) ? outside(name) : endpoint;
  }

  private MockEndpoint outside(String name) {
    return outside.computeIfAbsent(
        name,
        uri -> {
          MockEndpoint mock = new MockEndpoint("mock:" + uri, context.getComponent("mock"));
          mock.setCamelContext(context);
          mock.whenAnyExchangeReceived(exchange -> receive(uri, exchange));
          return mock;
        });
  }

  private void receive(String uri, Exchange exchange) throws Exception {
    story.add(uri);
    Deque<Object> queue = replies.get(uri);
    if (queue != null) {
      Object reply = queue.size() > 1 ? queue.poll() : queue.peek();
      if (reply instanceof Error error) {
        throw error;
      }
      if (reply instanceof Exception thrown) {
        throw thrown;
      }
      if (reply instanceof Processor answer) {
        answer.process(exchange);
      } else {
        exchange.getMessage().setBody(reply);
      }
    }
  }

  /** Timers do not fire and queues are not read: a test calls the route. */
  private final class DirectConsumers extends ModelLifecycleStrategySupport {
    @Override
    public void onAddRouteDefinition(RouteDefinition route) {
      String from = route.getInput().getEndpointUri();
      String name =
          Boolean.TRUE.equals(route.isRest())
              ? operation(from)
              : route.getRouteId() == null ? from.replace("direct:", "") : route.getRouteId();
      inside.add("direct:" + name);
      route.getInput().setUri("direct:" + name);
    }

    /** {@code get/api/sites} of {@code rest://get:/api:/sites?…}. */
    private String operation(String from) {
      return from.replaceFirst("\\?.*", "").replace("rest://", "").replace(":", "");
    }
  }

  /** A component that leaves the process; its options are kept and not understood. */
  private final class OutsideComponent extends DefaultComponent {
    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> options) {
      options.clear();
      return outside(uri.replaceFirst("\\?.*", "").replace("://", ":"));
    }
  }
}

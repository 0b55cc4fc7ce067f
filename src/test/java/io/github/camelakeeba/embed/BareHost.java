package io.github.camelakeeba.embed;

import java.time.Duration;
import java.util.Properties;
import java.util.function.Function;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;

/** An application that sends a site's name to a trigger of its own; made by another loader. */
public final class BareHost implements Function<Properties, String> {
  @Override
  public String apply(Properties properties) {
    try (CamelContext context = new DefaultCamelContext()) {
      context.getPropertiesComponent().setInitialProperties(properties);
      new BackupModule().configure(context);
      context.start();
      context.createProducerTemplate().sendBody("seda:deploys", "shop");
      String event =
          context
              .createConsumerTemplate()
              .receiveBody("seda:outcomes", Duration.ofSeconds(30).toMillis(), String.class);
      return String.valueOf(event);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}

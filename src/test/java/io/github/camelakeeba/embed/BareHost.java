package io.github.camelakeeba.embed;

import java.io.StringReader;
import java.time.Duration;
import java.util.Properties;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;

/**
 * An application that sends a site's name to a trigger of its own, and prints what it hears. Its
 * argument is its properties.
 */
public final class BareHost {
  private BareHost() {}

  /** In a process of its own. */
  public static void main(String[] arguments) throws Exception {
    Properties properties = new Properties();
    properties.load(new StringReader(arguments[0]));
    try (CamelContext context = new DefaultCamelContext()) {
      context.getPropertiesComponent().setInitialProperties(properties);
      new BackupModule().configure(context);
      context.start();
      context.createProducerTemplate().sendBody("seda:deploys", "shop");
      System.out.println(
          context
              .createConsumerTemplate()
              .receiveBody("seda:outcomes", Duration.ofSeconds(30).toMillis(), String.class));
    }
  }
}

package io.github.camelakeeba.embed;

import io.github.camelakeeba.config.ConfigurationException;
import java.io.StringReader;
import java.time.Duration;
import java.util.Properties;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;

/**
 * An application that sends a site's name to a trigger of its own, and prints the event that it
 * receives, or why it did not start. Each argument is the properties of one start.
 */
public final class BareHost {
  private BareHost() {}

  /** In a process of its own. */
  public static void main(String[] arguments) throws Exception {
    for (String argument : arguments) {
      Properties properties = new Properties();
      properties.load(new StringReader(argument));
      System.out.println(outcome(properties));
    }
  }

  private static String outcome(Properties properties) throws Exception {
    try (CamelContext context = new DefaultCamelContext()) {
      context.getPropertiesComponent().setInitialProperties(properties);
      new BackupModule().configure(context);
      context.start();
      context.createProducerTemplate().sendBody("seda:deploys", "shop");
      return context
          .createConsumerTemplate()
          .receiveBody("seda:outcomes", Duration.ofMinutes(2).toMillis(), String.class);
    } catch (ConfigurationException e) {
      return String.join("; ", e.problems());
    }
  }
}

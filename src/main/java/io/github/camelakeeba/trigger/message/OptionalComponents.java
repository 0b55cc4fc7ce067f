package io.github.camelakeeba.trigger.message;

/**
 * Which components are on the class path: an application that has us as a library brings only those
 * that it uses. Code that names a class of one asks here first, since to name it is to load it.
 */
public final class OptionalComponents {
  public static final boolean JMS = isPresent("org.apache.camel.component.jms.JmsEndpoint");
  public static final boolean KAFKA = isPresent("org.apache.camel.component.kafka.KafkaEndpoint");
  public static final boolean QPID = isPresent("org.apache.qpid.jms.JmsConnectionFactory");
  public static final boolean POOL =
      isPresent("org.messaginghub.pooled.jms.JmsPoolConnectionFactory");
  public static final boolean SERVLET =
      isPresent("org.apache.camel.component.servlet.ServletEndpoint");

  private OptionalComponents() {}

  private static boolean isPresent(String type) {
    try {
      Class.forName(type, false, OptionalComponents.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException | LinkageError e) {
      return false;
    }
  }
}

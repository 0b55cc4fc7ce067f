package io.github.camelakeeba.trigger;

/**
 * Which components are on the class path: an application that has us as a library brings only those
 * that it uses. Code that names a class of one asks here first, since to name it is to load it.
 */
final class Components {
  static final boolean JMS = has("org.apache.camel.component.jms.JmsEndpoint");
  static final boolean KAFKA = has("org.apache.camel.component.kafka.KafkaEndpoint");
  static final boolean QPID = has("org.apache.qpid.jms.JmsConnectionFactory");
  static final boolean POOL = has("org.messaginghub.pooled.jms.JmsPoolConnectionFactory");
  static final boolean SERVLET = has("org.apache.camel.component.servlet.ServletEndpoint");

  private Components() {}

  private static boolean has(String type) {
    try {
      Class.forName(type, false, Components.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException | LinkageError e) {
      return false;
    }
  }
}

package io.github.camelakeeba.s3;

import io.github.camelakeeba.secret.ComponentKit;
import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;

/**
 * {@code s3://bucket/prefix?…}: takes files into a bucket, each proved to be there as it was sent,
 * reads them back and deletes them. The client of S3 is optional to the library: no field or method
 * of this class has a type of its.
 */
public final class S3Component extends DefaultComponent {
  private static final String CLIENT = "software.amazon.awssdk.services.s3.S3Client";

  private AutoCloseable clients;

  @Override
  protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
    if (getCamelContext().getClassResolver().resolveClass(CLIENT) == null) {
      throw new IllegalStateException(
          "the client of S3 is missing; " + ComponentKit.howToAddClass(CLIENT));
    }
    return new S3Endpoint(uri, this, S3Options.take(remaining, parameters));
  }

  synchronized AutoCloseable clients() {
    if (clients == null) {
      clients = new S3Clients();
    }
    return clients;
  }

  @Override
  protected synchronized void doStop() throws Exception {
    if (clients != null) {
      clients.close();
      clients = null;
    }
    super.doStop();
  }
}

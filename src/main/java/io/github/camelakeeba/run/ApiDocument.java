package io.github.camelakeeba.run;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The OpenAPI document of the HTTP API. */
public final class ApiDocument {
  private static final String FILE = "/openapi.yaml";

  private final Object document = read();

  private static Object read() {
    try (InputStream in = ApiDocument.class.getResourceAsStream(FILE)) {
      return new Load(LoadSettings.builder().build()).loadFromInputStream(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The document as JSON. */
  public Reply reply() {
    return Reply.json(200, document);
  }
}

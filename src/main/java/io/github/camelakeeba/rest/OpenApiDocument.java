package io.github.camelakeeba.rest;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The OpenAPI document of the HTTP API. */
public final class OpenApiDocument {
  private static final String FILE = "/openapi.yaml";

  private final Object document = read();

  private static Object read() {
    try (InputStream in = OpenApiDocument.class.getResourceAsStream(FILE)) {
      return new Load(LoadSettings.builder().build()).loadFromInputStream(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The document as JSON. */
  public RestResponse reply() {
    return RestResponse.json(200, document);
  }
}

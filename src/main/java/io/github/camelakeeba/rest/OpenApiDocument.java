package io.github.camelakeeba.rest;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The description of the API; read when somebody asks for it. */
public final class OpenApiDocument {
  private RestResponse document;

  public synchronized RestResponse response() {
    if (document == null) {
      document = read();
    }
    return document;
  }

  private static RestResponse read() {
    try (InputStream in = OpenApiDocument.class.getResourceAsStream("/openapi.yaml")) {
      return RestResponse.json(
          200, new Load(LoadSettings.builder().build()).loadFromInputStream(in));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package io.github.camelakeeba.akeeba.answer;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;

/** JSON as strictly as an answer is read: bounded in depth and size, no member twice. */
final class StrictJson {
  private static final int MAX_TOKENS = 100_000; // some 80 bytes each; 200 records: 20,000
  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  // else each run's thread keeps buffers of its own: 16 KB
                  .recyclerPool(JsonRecyclerPools.sharedBoundedPool())
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(64)
                          .maxTokenCount(MAX_TOKENS)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .build();
  private static final ObjectReader READER = MAPPER.readerFor(JsonNode.class);
  private static final ObjectReader WHOLE =
      READER.with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private StrictJson() {}

  static JsonMapper mapper() {
    return MAPPER;
  }

  /** The one value that the text is. */
  static JsonNode parse(String text) throws JacksonException {
    return WHOLE.readValue(text);
  }

  /** The value that begins at this place, whatever follows it. */
  static ParsedValue parseAt(String text, int start) throws JacksonException {
    try (StringReader in = new StringReader(text)) {
      in.skip(start);
      try (JsonParser parser = READER.createParser(in)) {
        JsonNode value = parser.readValueAsTree();
        return new ParsedValue(value, start + (int) parser.currentLocation().getCharOffset());
      }
    } catch (JacksonException e) {
      throw e;
    } catch (IOException e) {
      throw new UncheckedIOException("reading from memory", e);
    }
  }

  record ParsedValue(JsonNode value, int end) {}
}

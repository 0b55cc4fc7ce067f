package io.github.camelakeeba.archive.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelakeeba.archive.RealArchive;
import io.github.camelakeeba.secret.Secret;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A byte that changes in the structure of a real archive breaks it wherever something in the
 * archive tells, and never anything else: a fixed choice of places, with each field among them.
 */
@Tag("fault")
@Timeout(300)
class ArchiveMutationTest {
  private static final int SEED = 1611;
  private static final int PLACES = 300; // of each archive
  private static final int OF_EACH_FIELD = 12;
  private static final Secret PASSWORD = Secret.unmasked("fixture-password");
  private static final int SALT = 20; // where the header of a JPS has it
  private static final int ITERATIONS = 15;

  private record InMemory(String name, byte[] bytes) implements Volume {
    @Override
    public long size() {
      return bytes.length;
    }

    @Override
    public InputStream open() {
      return new ByteArrayInputStream(bytes);
    }
  }

  private static boolean whole(RealArchive archive, byte[] bytes) throws IOException {
    List<Volume> volumes = new ArrayList<>();
    for (byte[] part : archive.split(bytes)) {
      volumes.add(new InMemory(archive.volumes().get(volumes.size()), part));
    }
    try {
      return ArchiveReader.readWithoutChecksums(
              ArchiveSource.of(archive.file(), volumes),
              List.of(PASSWORD),
              ReadProgress.NONE,
              EntrySink.NONE)
          .readable();
    } catch (BrokenArchiveException broken) {
      assertThat(broken.getMessage()).isNotBlank();
      return false;
    }
  }

  /** So many of each field, and any others up to the number of places. */
  private static List<Integer> places(Map<Integer, String> fields, Random random) {
    List<Integer> all = new ArrayList<>(fields.keySet());
    Collections.shuffle(all, random);
    Map<String, Integer> taken = new HashMap<>();
    Set<Integer> chosen = new LinkedHashSet<>();
    all.stream()
        .filter(at -> taken.merge(fields.get(at), 1, Integer::sum) <= OF_EACH_FIELD)
        .forEach(chosen::add);
    all.stream().limit(PLACES).forEach(chosen::add);
    return new ArrayList<>(chosen);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "j-full-split",
        "j-full-splitzip",
        "j-full-jps",
        "j-alldb-splitjps",
        "w-full-jpa",
        "w-alldb-jpa",
        "w-full-zip"
      })
  void a_byte_of_the_structure_that_changed_is_seen_where_anything_tells(String name)
      throws Exception {
    RealArchive archive = RealArchive.of(name);
    boolean encrypted = archive.kind().equals("jps");
    byte[] good = encrypted ? withACheapKey(archive.bytes()) : archive.bytes();
    assertThat(whole(archive, good)).isTrue();
    Map<Integer, String> fields = ArchiveFields.of(archive.kind(), good);
    Random random = new Random(SEED);
    List<String> unseen = new ArrayList<>();
    for (int at : places(fields, random)) {
      byte[] bad = good.clone();
      bad[at] ^= (byte) (1 + random.nextInt(255));
      if (whole(archive, bad) && !fields.get(at).startsWith("?")) {
        unseen.add("%s at %s: %s became %s".formatted(fields.get(at), at, good[at], bad[at]));
      }
    }
    assertThat(unseen).isEmpty();
  }

  /** A key of the recorded ones takes a tenth of a second: the same blocks by one that does not. */
  private static byte[] withACheapKey(byte[] archive) throws GeneralSecurityException {
    byte[] cheap = archive.clone();
    ByteBuffer bytes = ByteBuffer.wrap(cheap).order(ByteOrder.LITTLE_ENDIAN);
    byte[] salt = Arrays.copyOfRange(archive, SALT, SALT + 64);
    SecretKeySpec before = key(bytes.getInt(ITERATIONS), salt);
    bytes.putInt(ITERATIONS, 5);
    SecretKeySpec after = key(5, salt);
    Cipher aes = Cipher.getInstance("AES/CBC/NoPadding");
    int at = SALT + 64;
    while (at < cheap.length - 17) {
      boolean entry = bytes.get(at) == 'J' && bytes.get(at + 1) == 'P' && bytes.get(at + 2) == 'F';
      int head = entry ? 7 : 8;
      int length = entry ? Short.toUnsignedInt(bytes.getShort(at + 3)) : bytes.getInt(at);
      int cipher = length - 24;
      IvParameterSpec vector = new IvParameterSpec(cheap, at + head + cipher + 4, 16);
      aes.init(Cipher.DECRYPT_MODE, before, vector);
      byte[] plain = aes.doFinal(cheap, at + head, cipher);
      aes.init(Cipher.ENCRYPT_MODE, after, vector);
      aes.doFinal(plain, 0, cipher, cheap, at + head);
      at += head + length;
    }
    return cheap;
  }

  private static SecretKeySpec key(int iterations, byte[] salt) {
    return new JpsHeader(0, iterations, salt).key(PASSWORD.reveal(), null);
  }
}

package io.github.camelakeeba.census;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;

/** The keys of a shop's tables from night to night, as honest days change them. */
final class SimulatedShop {
  private final Random random;
  private final Map<String, TreeSet<Long>> tables = new LinkedHashMap<>();
  private final Map<String, Long> next = new LinkedHashMap<>(); // each table's AUTO_INCREMENT
  private int night;

  SimulatedShop(long seed) {
    random = new Random(seed);
    fill("#__orders", 2_500);
    fill("#__order_items", 3_000);
    fill("#__products", 2_000);
    fill("#__customers", 1_500);
    fill("#__carts", 800);
    fill("#__feed", 2_000);
    fill("#__media", 600);
    fill("#__categories", 40);
    fill("#__stock_cache", 900);
    fill("#__action_logs", 1_000);
  }

  /** By table. */
  Map<String, TreeSet<Long>> tables() {
    return tables;
  }

  private void fill(String table, int rows) {
    tables.put(table, new TreeSet<>());
    next.put(table, 1L);
    insert(table, rows);
  }

  private void insert(String table, int rows) {
    for (int i = 0; i < rows; i++) {
      long key = next.get(table);
      next.put(table, key + 1);
      if (random.nextInt(50) > 0) { // a transaction that was rolled back leaves its key out
        tables.get(table).add(key);
      }
    }
  }

  private void deleteLowest(String table, int rows) {
    for (int i = 0; i < rows && tables.get(table).size() > 100; i++) {
      tables.get(table).pollFirst();
    }
  }

  private void deleteAtRandom(String table, double share) {
    tables.get(table).removeIf(key -> random.nextDouble() < share);
  }

  void nextDay() {
    night++;
    insert("#__orders", 5 + random.nextInt(20));
    insert("#__order_items", 10 + random.nextInt(60));
    insert("#__customers", random.nextInt(12));
    insert("#__media", random.nextInt(5));
    insert("#__action_logs", random.nextInt(60));
    insert("#__stock_cache", random.nextInt(900));

    // carts that became orders stay, all others go after some days, the oldest first
    insert("#__carts", 20 + random.nextInt(60));
    deleteAtRandom("#__carts", 0.02);
    deleteLowest("#__carts", 20 + random.nextInt(60));

    deleteAtRandom("#__customers", 0.002);
    deleteAtRandom("#__order_items", 0.001);
    if (night % 30 == 0) {
      deleteLowest("#__orders", 250); // the law's ten years are over
      deleteLowest("#__order_items", 500);
      deleteLowest("#__action_logs", 900);
      deleteAtRandom("#__customers", 0.15); // nobody answered the letter
    }
    if (night % 11 == 0) {
      replaceProducts(100 + random.nextInt(700));
    }
    if (night % 7 == 0) {
      refill("#__stock_cache", 50 + random.nextInt(900), 1);
      deleteAtRandom("#__media", 0.05);
    }
    if (night % 5 == 0) {
      // a supplier's list of today: emptied by TRUNCATE, so that the keys begin at 1 again
      refill("#__feed", 1_700 + random.nextInt(300), 1);
    }
    if (night % 23 == 0) {
      // an import: all customers anew, by DELETE, so that the keys go on
      refill("#__customers", tables.get("#__customers").size(), next.get("#__customers"));
    }
    if (night % 17 == 0) {
      next.merge("#__orders", 100_000L, Long::sum); // the server was moved, with room left
      next.merge("#__order_items", 1_000_000_000L, Long::sum);
    }
    if (night % 13 == 0) {
      deleteNewest("#__orders", 3); // tests of the payment; an old MySQL uses the keys again
    }
  }

  /** A supplier's products, which stand together, go, and come back with new keys. */
  private void replaceProducts(int many) {
    List<Long> all = new ArrayList<>(tables.get("#__products"));
    int from = random.nextInt(Math.max(1, all.size() - many));
    all.subList(from, Math.min(all.size(), from + many)).forEach(tables.get("#__products")::remove);
    insert("#__products", many + random.nextInt(40));
  }

  private void refill(String table, int rows, long from) {
    tables.get(table).clear();
    next.put(table, from);
    insert(table, rows);
  }

  private void deleteNewest(String table, int many) {
    for (int i = 0; i < many; i++) {
      tables.get(table).pollLast();
    }
    next.put(table, tables.get(table).last() + 1);
  }
}

package io.github.camelakeeba.store;

/** A node is alive while it has a row in the table {@code node}. */
public final class NodeTable {
  private NodeTable() {}

  /** The condition that the node which owns a row of {@code run} or {@code outbox} is alive. */
  public static String ownerAlive(String table) {
    return "exists (select 1 from node where node.id = " + table + ".owner)";
  }
}

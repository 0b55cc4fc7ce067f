package io.github.camelakeeba.akeeba;

/** A backup profile of the site. */
public record Profile(int id, String name) {}

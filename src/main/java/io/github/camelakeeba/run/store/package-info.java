/** The tables of runs: requests, claims, heartbeats, checkpoints, site health. */
@io.github.camelakeeba.Internal
package io.github.camelakeeba.run.store;

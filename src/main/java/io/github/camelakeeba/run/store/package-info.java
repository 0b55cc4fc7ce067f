/** The tables of runs: requests, claims, heartbeats, checkpoints, site health. */
@Internal
package io.github.camelakeeba.run.store;

import io.github.camelakeeba.Internal;

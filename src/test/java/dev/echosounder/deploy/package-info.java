/** What is shipped around the program: the image, the Compose file, the Kubernetes manifests. */
@NullMarked
package dev.echosounder.deploy;

import org.jspecify.annotations.NullMarked;

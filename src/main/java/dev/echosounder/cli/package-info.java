/** One file per subcommand: arguments, a call, an exit code. Sole importer of picocli. */
@NullMarked
package dev.echosounder.cli;

import org.jspecify.annotations.NullMarked;

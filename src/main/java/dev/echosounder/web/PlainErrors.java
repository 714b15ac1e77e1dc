package dev.echosounder.web;

import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** One plain line for requests that Jetty refuses before we see them: nothing of them is echoed. */
final class PlainErrors extends ErrorHandler {
  private final Consumer<HttpFields.Mutable> headers;

  /**
   * @param headers adds what every response has
   */
  PlainErrors(Consumer<HttpFields.Mutable> headers) {
    this.headers = headers;
  }

  @Override
  protected void generateResponse(
      Request request,
      Response response,
      int code,
      @Nullable String message,
      @Nullable Throwable cause,
      Callback callback) {
    headers.accept(response.getHeaders());
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, Reply.TEXT);
    String line = code + " " + HttpStatus.getMessage(code) + "\n";
    Content.Sink.write(response, true, line, callback);
  }
}

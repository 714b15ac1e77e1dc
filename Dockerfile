# docker build -t echosounder .
FROM maven:3.9.9-eclipse-temurin-17 AS build
WORKDIR /src
COPY .mvn .mvn
COPY pom.xml .
COPY src/main src/main
RUN --mount=type=cache,target=/root/.m2 \
    mvn -B -ntp -q -DskipTests -Dmaven.test.skip -Dspotless.check.skip package

FROM eclipse-temurin:25-jdk AS runtime
COPY deploy/make-archive /src/deploy/make-archive
COPY deploy/image /src/deploy/image
COPY --from=build /src/target/echosounder-*-all.jar /src/echosounder.jar
# Where it will be in the image: the cache of classes knows the jar by its path and its time.
RUN /src/deploy/image/make-runtime /src/echosounder.jar /opt/echosounder

FROM debian:12-slim
COPY --from=runtime /opt/echosounder /opt/echosounder
RUN ln -s /opt/echosounder/bin/echosounder /usr/local/bin/echosounder \
    # Fails unless the cache still fits the jar.
    && JAVA_TOOL_OPTIONS=-XX:AOTMode=on echosounder --version
# Without any locale the JVM would assume ASCII.
ENV LC_ALL=C.UTF-8
# A number, so that Kubernetes can see that it isn't root. It writes nowhere.
USER 10001:10001
EXPOSE 9115
HEALTHCHECK --interval=15s --timeout=5s --start-period=20s --retries=3 \
    CMD ["/opt/echosounder/bin/echosounder", "health"]
# The script replaces itself by the JVM, so that SIGTERM reaches it.
ENTRYPOINT ["/opt/echosounder/bin/echosounder"]
CMD ["daemon", "--config", "/etc/echosounder/echosounder.yml"]

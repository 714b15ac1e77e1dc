package dev.echosounder.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.echosounder.config.ConfigFile;
import dev.echosounder.config.Environment;
import dev.echosounder.config.Loaded;
import dev.echosounder.daemon.Kinds;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The manifests are what the API knows, key by key, and agree with each other. */
final class KubernetesTest {
  private static final Path DIRECTORY = Path.of("deploy/kubernetes");

  private static final Map<String, Class<?>> KINDS =
      Map.of(
          "v1/ConfigMap", ConfigMap.class,
          "v1/Service", Service.class,
          "apps/v1/Deployment", Deployment.class,
          "apps/v1/StatefulSet", StatefulSet.class,
          "networking.k8s.io/v1/NetworkPolicy", NetworkPolicy.class,
          "policy/v1/PodDisruptionBudget", PodDisruptionBudget.class,
          "monitoring.coreos.com/v1/ServiceMonitor", ServiceMonitor.class,
          "monitoring.coreos.com/v1/PrometheusRule", PrometheusRule.class);

  /** The model would put keys that it doesn't know aside: here they are errors. */
  private static final ObjectMapper STRICT =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .annotationIntrospector(
              new JacksonAnnotationIntrospector() {
                private static final long serialVersionUID = 1L;

                @Override
                public Boolean hasAnySetter(Annotated a) {
                  return false;
                }
              })
          .build();

  private static Object strictly(String yaml) throws IOException {
    JsonNode json = Yaml.read(yaml);
    String kind = json.path("apiVersion").asString("") + "/" + json.path("kind").asString("");
    return STRICT.readValue(json.toString(), Objects.requireNonNull(KINDS.get(kind), kind));
  }

  private static String text(String file) throws IOException {
    return Files.readString(DIRECTORY.resolve(file));
  }

  static List<String> manifests() throws IOException {
    try (Stream<Path> files = Files.list(DIRECTORY)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".yaml") && !name.startsWith("kustomization"))
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("manifests")
  void everyKeyIsKnown(String file) throws IOException {
    assertThat(strictly(text(file))).isNotNull();
  }

  @ParameterizedTest
  @CsvSource({
    "deployment.yaml, httpGet, httpget",
    "statefulset.yaml, fieldPath, fieldpath",
    "service.yaml, targetPort, target_port",
    "networkpolicy.yaml, policyTypes, policyType",
    "poddisruptionbudget.yaml, maxUnavailable, maxUnavailabe",
    "servicemonitor.yaml, scrapeTimeout, scrape_timeout",
    "prometheusrule.yaml, annotations:, annotation:",
    "configmap.yaml, data:, date:"
  })
  void aMisspeltKeyIsFound(String file, String right, String wrong) throws IOException {
    assertThat(text(file)).contains(right);
    assertThatThrownBy(() -> strictly(text(file).replace(right, wrong)))
        .hasMessageContaining("Unrecognized field");
  }

  @Test
  void kustomizationListsWhatThereIs() throws IOException {
    TreeSet<String> listed = new TreeSet<>();
    Yaml.read(text("kustomization.yaml")).path("resources").forEach(r -> listed.add(r.asString()));
    listed.add("statefulset.yaml"); // Instead of the deployment.
    assertThat(listed).containsExactlyElementsOf(manifests());
  }

  @Test
  void theConfigurationIsValid(@TempDir Path directory) throws IOException {
    ConfigMap map = (ConfigMap) strictly(text("configmap.yaml"));
    Path file = directory.resolve("echosounder.yml");
    Files.writeString(file, map.getData().get("echosounder.yml"));
    assertThat(ConfigFile.load(file, Environment.of(Map.of()), Kinds.ALL))
        .isInstanceOf(Loaded.Good.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"deployment.yaml", "statefulset.yaml"})
  void podsAreConfined(String file) throws IOException {
    Object manifest = strictly(text(file));
    PodSpec pod =
        manifest instanceof Deployment deployment
            ? deployment.getSpec().getTemplate().getSpec()
            : ((StatefulSet) manifest).getSpec().getTemplate().getSpec();
    assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
    assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
    assertThat(pod.getAutomountServiceAccountToken()).isFalse();
    assertThat(pod.getContainers())
        .singleElement()
        .satisfies(
            container -> {
              assertThat(container.getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
              assertThat(container.getSecurityContext().getAllowPrivilegeEscalation()).isFalse();
              assertThat(container.getSecurityContext().getCapabilities().getDrop())
                  .containsExactly("ALL");
              assertThat(container.getResources().getLimits()).containsKey("memory");
              assertThat(container.getLivenessProbe().getHttpGet().getPath())
                  .isEqualTo("/-/healthy");
              assertThat(container.getReadinessProbe().getHttpGet().getPath())
                  .isEqualTo("/-/ready");
            });
  }

  @Test
  void thereAreAsManyShardsAsReplicas() throws IOException {
    StatefulSet set = (StatefulSet) strictly(text("statefulset.yaml"));
    assertThat(set.getSpec().getTemplate().getSpec().getContainers().get(0).getArgs())
        .endsWith("--shard", "$(ORDINAL)/" + set.getSpec().getReplicas());
  }

  /** {@code -Dechosounder.write-docs} writes the manifest anew. */
  @Test
  void theRulesAreThoseOfPrometheus() throws IOException {
    String expected = RuleManifest.of(Path.of("prometheus/rules"));
    if (System.getProperty("echosounder.write-docs") != null) {
      Files.writeString(DIRECTORY.resolve("prometheusrule.yaml"), expected);
    }
    assertThat(text("prometheusrule.yaml"))
        .as("write it anew with mvn test -Dtest=KubernetesTest -Dechosounder.write-docs")
        .isEqualTo(expected);
  }
}

#include "transformer/architecture.h"

#include <array>

#include "base/error.h"
#include "transformer/transformer_network.h"

namespace noema::transformer {
namespace {

struct Architecture {
  std::string_view name;
  Layout (*layout)(const ModelOptions& options, int vocabulary);
  std::unique_ptr<Network> (*network)(const ModelOptions& options, int vocabulary, int sequences, int length);
};

template <typename T>
std::unique_ptr<Network> make(const ModelOptions& options, int vocabulary, int sequences, int length) {
  return std::make_unique<T>(Shape(options, vocabulary), sequences, length);
}

constexpr std::array<Architecture, 1> kArchitectures = {{
    {"transformer", [](const ModelOptions& o, int vocabulary) { return Shape(o, vocabulary).layout(); },
     make<TransformerNetwork>},
}};

constexpr auto kNames = [] {
  std::array<std::string_view, kArchitectures.size()> names;
  for (std::size_t i = 0; i < names.size(); ++i) names[i] = kArchitectures[i].name;
  return names;
}();

const Architecture& architecture_of(const ModelOptions& options) {
  for (const Architecture& architecture : kArchitectures)
    if (architecture.name == options.architecture) return architecture;
  base::check(false, "options that validate() let through name an architecture there is");
  return kArchitectures.front();
}

}  // namespace

std::span<const std::string_view> architectures() { return kNames; }

Layout layout_of(const ModelOptions& options, int vocabulary) {
  return architecture_of(options).layout(options, vocabulary);
}

std::unique_ptr<Network> make_network(const ModelOptions& options, int vocabulary, int sequences, int length) {
  return architecture_of(options).network(options, vocabulary, sequences, length);
}

}  // namespace noema::transformer

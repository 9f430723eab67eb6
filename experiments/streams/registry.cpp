#include "experiments/streams/registry.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "experiments/streams/files.h"
#include "experiments/streams/images.h"
#include "experiments/streams/intents.h"
#include "experiments/streams/invented_pairs.h"
#include "experiments/streams/inventions.h"
#include "experiments/streams/pairs.h"
#include "experiments/streams/senses.h"
#include "experiments/streams/world.h"
#include "experiments/streams/zipf.h"

namespace noema::experiments {

const std::vector<StreamKind>& stream_kinds() {
  static const std::vector<StreamKind> kinds{
      world_stream(),  files_stream(),      zipf_stream(),  intents_stream(),        images_stream(),
      senses_stream(), inventions_stream(), pairs_stream(), invented_pairs_stream(),
  };
  return kinds;
}

const StreamKind& stream_kind(const std::string& name) {
  std::string known;
  for (const StreamKind& kind : stream_kinds()) {
    if (kind.name == name) return kind;
    known += (known.empty() ? "" : ", ") + kind.name;
  }
  throw base::Error(fmt::format("stream kind '{}' is unknown; expected one of: {}", name, known));
}

StreamConfig::StreamConfig() : StreamConfig("world") {}
StreamConfig::StreamConfig(const std::string& name) : kind(name), settings(stream_kind(name).keys) {}

Experiences texts(std::vector<std::string> lines) {
  Experiences experiences;
  experiences.reserve(lines.size());
  for (std::string& line : lines) experiences.emplace_back(reasoning::Text{std::move(line), nullptr});
  return experiences;
}

Experiences read_stream(const StreamConfig& config, std::uint64_t seed, std::size_t before) {
  const StreamKind& kind = stream_kind(config.kind);
  base::check(kind.read != nullptr, "read_stream: a stream of tasks");
  Experiences experiences = kind.read(config, seed, before);
  if (experiences.size() > before) return experiences;
  if (experiences.empty()) throw base::Error("the stream is empty: no line is left to score; give more data");
  throw base::Error(
      fmt::format("the stream has {} lines and the model is trained on the first {}: no line is left to score; lower "
                  "train_lines or give more data",
                  experiences.size(), before));
}

}  // namespace noema::experiments

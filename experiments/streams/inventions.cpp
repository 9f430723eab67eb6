#include "experiments/streams/inventions.h"

#include <fmt/format.h>

#include "base/rng.h"

namespace noema::experiments {
namespace {

using reasoning::LabelledText;

constexpr std::size_t kWordsOfClass = 6, kCommonWords = 40, kWords = 7;

/// A text of a class: some of the words are its own, the others anyone's. A serial number keeps texts apart.
std::string text_of(std::size_t of, std::size_t serial, double own, base::Rng& rng) {
  std::string text = fmt::format("n{}", serial);
  for (std::size_t i = 0; i < kWords; ++i)
    text += rng.uniform() < own ? fmt::format(" c{}x{}", of, rng.below(kWordsOfClass))
                                : fmt::format(" w{}", rng.below(kCommonWords));
  return text;
}

ClassTasks read_inventions(const StreamConfig& config, std::uint64_t seed) {
  const std::size_t classes = config.settings.count("classes"), each = config.settings.count("items");
  const double own = config.settings.number("own_words");
  base::Rng rng = base::Rng(seed).fork("inventions");
  Items train, test, outside;
  std::size_t serial = 0;
  for (std::size_t of = 0; of < classes; ++of) {
    for (std::size_t i = 0; i < each; ++i)
      train.emplace_back(LabelledText{text_of(of, serial++, own, rng), fmt::format("class {}", of)});
    for (std::size_t i = 0; i < (each + 1) / 2; ++i)
      test.emplace_back(LabelledText{text_of(of, serial++, own, rng), fmt::format("class {}", of)});
    outside.emplace_back(LabelledText{text_of(classes + of, serial++, own, rng), "none"});
  }
  return cut_into_tasks(std::move(train), std::move(test), std::move(outside), cut_options_of(config.settings, seed));
}

}  // namespace

StreamKind inventions_stream() {
  StreamKind kind;
  kind.name = "inventions";
  kind.help = "invented classes of texts that come task by task, for tests and small runs";
  kind.gives = reasoning::ExperienceKind::kLabelledText;
  CutOptions defaults;
  defaults.tasks = 4;
  kind.keys = cut_keys(defaults);
  kind.keys.push_back({"classes", "number of classes", std::int64_t{8}, {1, 10000, true}});
  kind.keys.push_back(
      {"items", "items of a class to learn from; half as many are asked about", std::int64_t{20}, {1, 100000, true}});
  kind.keys.push_back({"own_words", "share of the words that are the class's own", 0.4, {0, 1}});
  kind.read_tasks = read_inventions;
  return kind;
}

}  // namespace noema::experiments

#include "experiments/streams/world.h"

#include <fmt/format.h>

#include "base/error.h"
#include "base/rng.h"
#include "experiments/streams/world_episodes.h"
#include "experiments/streams/world_people.h"

namespace noema::experiments {
namespace {

void check_options(const WorldOptions& options) {
  const auto require = [](bool holds, const std::string& message) {
    if (!holds) throw base::Error("world: " + message);
  };
  require(options.people >= 8 && options.people <= 400, fmt::format("people is {}, expected 8 to 400", options.people));
  require(options.places >= 3 && options.places <= place_names().size(),
          fmt::format("places is {}, expected 3 to {}", options.places, place_names().size()));
  require(options.chinese_share >= 0 && options.chinese_share <= 1,
          fmt::format("chinese_share is {}, expected 0 to 1", options.chinese_share));
}

}  // namespace

std::vector<ToldLine> tell_world(const WorldOptions& options) {
  check_options(options);
  base::Rng rng = base::Rng(options.seed).fork("world");
  World world = make_world(options, rng);
  std::vector<ToldLine> told;
  Teller teller(world, rng, told);
  while (told.size() < options.lines) teller.episode(options.chinese_share);
  told.resize(options.lines);
  return told;
}

std::vector<std::string> generate_world(const WorldOptions& options) {
  std::vector<std::string> lines;
  for (ToldLine& line : tell_world(options)) lines.push_back(std::move(line.text));
  return lines;
}

StreamKind world_stream() {
  using base::Key;
  return {"world",
          "a generated bilingual world: families, homes, journeys, belongings and words with several meanings, told in "
          "English and Chinese",
          reasoning::ExperienceKind::kText,
          {Key{"lines",
               "lines of the stream, after those that the model is trained on",
               std::int64_t{3000},
               {1, 1e8, true}},
           Key{"people", "8 to 400", std::int64_t{60}, {8, 400, true}},
           Key{"places", "3 to 32", std::int64_t{12}, {3, 32, true}},
           Key{"chinese_share", "share of episodes told in Chinese", 0.5, {0, 1}}},
          [](const StreamConfig& config, std::uint64_t seed, std::size_t before) {
            const base::Settings& s = config.settings;
            return texts(generate_world(
                {seed, before + s.count("lines"), s.count("people"), s.count("places"), s.number("chinese_share")}));
          }};
}

}  // namespace noema::experiments

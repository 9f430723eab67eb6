#include "reasoning/score.h"

#include <fmt/format.h>
#include <tbb/parallel_invoke.h>

#include <algorithm>

#include "base/clock.h"
#include "base/error.h"
#include "base/text.h"
#include "reasoning/life_graph.h"

namespace noema::reasoning {
namespace {

std::unique_ptr<Arm> core_of(const memory::Life& life, std::size_t width, const std::string& name) {
  CoreOptions options;
  options.graph = name != "lesion";
  auto core = std::make_unique<Core>(width, options);
  // Forks keep to the life's budget: what it holds of vectors counts for them too.
  const Budget budget = budget_of(life, width);
  const concepts::Past past = past_of(life);
  if (name == "noema") load_graph(life, core->graph(), core->thinker(), nullptr);
  if (name == "memory") {
    core->set_budget(budget, past);
    load_unthinking(life, core->graph(), [&] { core->keep([](const Thinker::Committed&) { return 1; }); });
  }
  if (options.graph) core->set_budget(budget, past, true);
  if (const auto state = life.state("predictor")) core->predictor().restore(*state);
  return core_arm(std::move(core), name == "noema");
}

/// The last episodes that fill the fast store, oldest first.
std::vector<std::string> last_texts(const memory::Life& life, std::size_t units_wanted) {
  std::vector<std::string> texts;
  std::size_t units = 0;
  for (memory::EpisodeId id = life.counts().episodes; id > 0 && units < units_wanted; --id) {
    const auto row = life.episode(id);
    if (!row) continue;
    units += row->attachments.size() + 1;
    texts.push_back(row->text);
  }
  std::reverse(texts.begin(), texts.end());
  return texts;
}

}  // namespace

std::vector<double> word_costs(const std::vector<UnitReading>& line, const std::vector<double>& bits) {
  std::vector<double> words;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const bool begins = i == 0 || i + 1 == line.size() || base::begins_with_white_space(line[i].surface);
    if (begins) words.push_back(0);
    words.back() += bits[i];
  }
  return words;
}

Score score(const memory::Life& life, const std::vector<std::string>& lines, const ScoreOptions& options) {
  const transformer::Model model = transformer::Model::parse(life.model(), life.path().string());
  Reader reader(model);
  Score score;
  std::vector<std::unique_ptr<Arm>> arms;
  for (const std::string& name : options.arms) {
    ArmScore row;
    row.arm = name;
    if (options.progress) options.progress(0, "preparing " + name);
    if (name == "static") {
      arms.push_back(static_arm());
    } else if (name == "cache") {
      if (options.tune_lines.empty())
        throw base::UsageError("the arm 'cache' is tuned on a text of its own: give --tune FILE");
      const CacheSettings settings = tune_cache(model, options.tune_lines);
      row.note = fmt::format("theta {} lambda {} window {}", settings.theta, settings.lambda, settings.window);
      arms.push_back(cache_arm(reader.width(), settings));
    } else if (name == "memory" || name == "lesion" || name == "noema") {
      arms.push_back(core_of(life, reader.width(), name));
    } else {
      throw base::UsageError(
          fmt::format("arm '{}' is not known; there are static, cache, memory, lesion and noema", name));
    }
    score.arms.push_back(std::move(row));
  }

  // What the life knew of writings, and what it read last.
  life.for_each_concept([&](const memory::ConceptRow& row) {
    for (const auto& [surface, count] : row.forms) reader.know(surface, row.label);
  });
  for (const std::string& text : last_texts(life, FastStoreOptions{}.entries)) {
    const std::vector<UnitReading> reading = reader.read(text);
    for (const auto& arm : arms) arm->warm(reading);
  }

  for (std::size_t a = 0; a < arms.size(); ++a) score.arms[a].description_bits = -arms[a]->description_bits();

  // for experience in stream: score; learn -- the next line is read while the arms are busy with this one.
  const double reading_before = reader.seconds();
  std::vector<UnitReading> next;
  if (!lines.empty()) next = reader.read(lines[0]);
  for (std::size_t i = 0; i < lines.size() && (options.max_words == 0 || score.words < options.max_words); ++i) {
    const std::vector<UnitReading> line = std::move(next);
    tbb::parallel_invoke(
        [&] {
          if (i + 1 < lines.size()) next = reader.read(lines[i + 1]);
        },
        [&] {
          for (std::size_t a = 0; a < arms.size(); ++a) {
            const base::Stopwatch watch;
            const std::vector<double> costs = word_costs(line, arms[a]->experience(line));
            for (const double bits : costs) score.arms[a].bits += bits;
            score.arms[a].word_bits.insert(score.arms[a].word_bits.end(), costs.begin(), costs.end());
            arms[a]->think(options.proposals_per_line);
            score.arms[a].seconds += watch.seconds();
            if (a == 0) score.words += costs.size();
          }
        });
    score.characters += base::count_characters(lines[i]) + 1;
    if (options.progress && i % 16 == 0)
      options.progress(static_cast<double>(i) / static_cast<double>(lines.size()), "scoring");
  }
  for (std::size_t a = 0; a < arms.size(); ++a) {
    score.arms[a].seconds += reader.seconds() - reading_before;
    score.arms[a].state = arms[a]->state();
    score.arms[a].description_bits += arms[a]->description_bits();
  }
  return score;
}

}  // namespace noema::reasoning

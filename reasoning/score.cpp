#include "reasoning/score.h"

#include <fmt/format.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <mutex>

#include "base/clock.h"
#include "base/error.h"
#include "base/stop.h"
#include "base/text.h"
#include "base/text_count.h"
#include "reasoning/arms/arm_spec.h"
#include "reasoning/arms/core_arm.h"
#include "reasoning/checkpoint.h"
#include "reasoning/experts/state_cache.h"
#include "reasoning/knowledge.h"
#include "reasoning/past.h"
#include "reasoning/replay.h"
#include "reasoning/thoughts/consolidate.h"

namespace noema::reasoning {
namespace {

/// The last episodes that fill the fast store, oldest first.
std::vector<std::string> last_texts(const memory::Life& life, std::size_t units_wanted) {
  std::vector<std::string> texts;
  std::size_t units = 0;
  for (memory::EpisodeId id = life.counts().episodes; id > 0 && units < units_wanted; --id) {
    const auto row = life.episodes().find(id);
    if (!row) continue;
    units += row->attachments.size() + 1;
    texts.push_back(row->text);
  }
  std::reverse(texts.begin(), texts.end());
  return texts;
}

using Lines = std::vector<std::vector<UnitReading>>;

/// Some lines on their way through the stages.
struct Block {
  std::vector<std::string> texts;
  Lines plain;    // as the reader reads them
  Lines learned;  // the same with the learned_nats of the copy, if there is one
};

/// A copy that goes on learning, read once for all arms that use it.
struct Source {
  transformer::PredictiveCopy copy;
  double seconds = 0;
};

class Scoring final : public ArmHost {
 public:
  Scoring(const memory::Life& life, const std::vector<std::string>& lines, const ScoreOptions& options)
      : life_(life),
        lines_(lines),
        options_(options),
        model_(std::make_shared<const transformer::Model>(
            transformer::Model::parse(life.model().bytes(), life.path().string()))),
        reader_(*model_) {}

  Score run(const std::vector<ArmSpec>& specs) {
    tune(specs);
    for (const ArmSpec& spec : specs) prepare(spec);
    warm();
    for (Seat& seat : seats_) seat.score.description_bits = -seat.arm->description_bits();
    stream();
    for (Seat& seat : seats_) {
      if (seat.spec.kind->needs_tuning != Tuning::kDynamic) seat.score.seconds += reader_.seconds() - reading_before_;
      if (seat.source) seat.score.seconds += seat.source->seconds;
      seat.score.state = seat.arm->state();
      seat.score.description_bits += seat.arm->description_bits();
      score_.arms.push_back(std::move(seat.score));
    }
    return std::move(score_);
  }

 private:
  struct Seat {
    ArmSpec spec;
    std::unique_ptr<Learner> arm;
    Source* source = nullptr;  // whose learned_nats it is given
    bool reads_alone = false;  // with a copy that nobody else has
    ArmScore score;
  };

  void tune(const std::vector<ArmSpec>& specs) {
    const auto any = [&](Tuning tuning) {
      return std::any_of(specs.begin(), specs.end(), [&](const ArmSpec& spec) { return spec.tuning() == tuning; });
    };
    const bool cache = any(Tuning::kCache);
    bool dynamic = any(Tuning::kDynamic);
    if (dynamic && options_.dynamic) {
      dynamic_ = *options_.dynamic;
      dynamic_note_ = described(dynamic_);
      dynamic = false;
    }
    if (!cache && !dynamic) return;
    if (options_.tune_lines.empty())
      throw base::UsageError(
          "the arms cache and dynamic are tuned on a text of their own: give --tune FILE, or their settings");
    const std::vector<std::string> lines = first_words(options_.tune_lines, options_.tune_words);
    std::uint64_t words = 0;
    for (const std::string& line : lines) words += base::count_words(line) + 1;
    const std::string how = fmt::format("; the best of {} on {} words", kTunedSettings, words);
    if (cache) {
      tell(0, "tuning the cache");
      cache_ = tune_cache(*model_, lines, options_.stop);
      cache_note_ = described(cache_) + how;
    }
    if (dynamic) {
      tell(0, "tuning dynamic evaluation");
      dynamic_ = tune_dynamic(*model_, lines, options_.stop);
      dynamic_note_ = described(dynamic_) + how;
    }
  }

  void prepare(const ArmSpec& spec) {
    tell(0, "preparing " + spec.name);
    Seat seat;
    seat.spec = spec;
    seat.score.arm = spec.name;
    base::stop_if_requested(options_.stop);
    if (spec.tuning() == Tuning::kDynamic) {
      seat.score.note = dynamic_note_;
      if (!owns_copy(spec)) seat.source = &source();
    }
    if (spec.tuning() == Tuning::kCache) seat.score.note = cache_note_;
    seat.reads_alone = spec.kind->needs_tuning == Tuning::kDynamic && seat.source == nullptr;
    seat.arm = spec.kind->make(spec, *this);
    seats_.push_back(std::move(seat));
  }

  Source& source() {
    if (!source_) source_ = std::make_unique<Source>(Source{transformer::PredictiveCopy(*model_, dynamic_)});
    return *source_;
  }

  std::shared_ptr<const transformer::Model> model() override { return model_; }
  CacheSettings cache_settings() override { return cache_; }
  transformer::OnlineOptions online_options() override { return dynamic_; }
  transformer::PredictiveCopy* shared_copy(const ArmSpec& spec) override {
    return spec.tuning() == Tuning::kDynamic ? &source().copy : nullptr;
  }

  /// Whether the life consolidated and the arm has that: all but memory, as consolidation is thinking. What survives
  /// the lesion of the graph is not credited to it.
  bool consolidated(const ArmSpec& spec) const {
    return spec.kind->core->stored_thoughts && spec.kinds[thoughts::consolidate()] &&
           !life_.state(kPredictive).value_or("").empty();
  }
  /// A life that has a copy counts as practised now: on a fork it goes on when there is more.
  std::uint64_t last_practised() const {
    const bool has_copy = !life_.state(kPredictive).value_or("").empty();
    return std::max(practised_at(life_), has_copy ? static_cast<std::uint64_t>(life_.counts().episodes) : 0);
  }
  bool may_consolidate(const ArmSpec& spec) const {
    const auto most = static_cast<std::uint64_t>(life_.counts().episodes) + lines_.size();
    return spec.thinks() && spec.kinds[thoughts::consolidate()] && options_.proposals_per_line > 0 &&
           copy_fits(life_, *model_) && Consolidation(model_, {}).due(most, last_practised());
  }
  /// Whether the arm needs a copy that is no other arm's.
  bool owns_copy(const ArmSpec& spec) const {
    return spec.is_core() && (consolidated(spec) || (spec.dynamic && may_consolidate(spec)));
  }

  std::optional<std::string> text_of(std::uint32_t episode) {
    const std::scoped_lock lock(life_mutex_);
    const auto row = life_.episodes().find(static_cast<memory::EpisodeId>(episode) + 1);
    return row ? std::optional(row->text) : std::nullopt;
  }

  std::unique_ptr<Learner> core(const ArmSpec& spec) override {
    const bool owns = owns_copy(spec);
    CoreOptions options;
    options.graph = spec.has_graph();
    options.predictor.without = spec.left_out_experts;
    options.predictor.max_bytes = static_cast<std::uint64_t>(life_.origin().max_bytes);
    options.thinker.kinds = spec.kinds;
    auto core = std::make_unique<Core>(reader_.width(), options);
    // Forks keep to the life's budget: what it holds of vectors counts for them too.
    const Budget budget = budget_with_copy(life_, *model_, true);
    const concepts::Past past = [this, of_life = past_of(life_)](std::uint32_t episode) {
      const std::scoped_lock lock(life_mutex_);  // arms run side by side
      return of_life(episode);
    };
    if (spec.thinks() && !spec.anew) load_graph(life_, core->graph(), core->thinker(), nullptr);
    if (!spec.kind->core->stored_thoughts || spec.anew) {
      core->set_budget(budget, past);
      load_unthinking(life_, core->graph(), spec.anew ? &core->thinker() : nullptr, [&] {
        base::stop_if_requested(options_.stop);
        core->keep([](const Thought&) { return 1; });
      });
    }
    if (options.graph) core->set_budget(budget, past, true);
    if (const auto state = life_.state("predictor")) core->predictor().restore(*state);
    if (owns) {
      const auto online = spec.dynamic ? dynamic_ : transformer::OnlineOptions{};
      auto copy = consolidated(spec) ? load_copy(life_, *model_, online) : nullptr;
      if (!copy) copy = std::make_unique<transformer::PredictiveCopy>(*model_, online);
      copy->clear();
      copy->anchor();
      core->adopt(std::move(copy), spec.dynamic);
    }
    std::optional<ArmPractice> practice;
    if (may_consolidate(spec))
      practice = ArmPractice{[this](std::uint32_t e) { return text_of(e); }, last_practised(), life_.origin().seed};
    std::optional<concepts::facts::FactLayer> facts;
    if (options.graph && spec.kind->core->stored_thoughts && life_.origin().max_bytes == 0)
      facts = Knowledge::stored_in(life_).layer();
    auto arm = core_arm(spec, model_, std::move(core), std::move(practice), std::move(facts), options_.stop);
    while (spec.anew && arm->think(kRound) > 0) base::stop_if_requested(options_.stop);
    return arm;
  }

  /// Shows the arms how the life wrote its words, and what it read last.
  void warm() {
    life_.checkpoint().for_each_concept([&](const memory::ConceptRow& row) {
      for (const auto& [surface, count] : row.forms) reader_.know(surface);
    });
    Block block;
    for (const std::string& text : last_texts(life_, StateCacheOptions{}.entries)) {
      base::stop_if_requested(options_.stop);
      block.texts.push_back(text);
      block.plain.push_back(reader_.read(text));
    }
    read_with_source(block);
    tbb::parallel_for(
        std::size_t{0}, seats_.size(),
        [&](std::size_t s) {
          tbb::this_task_arena::isolate([&] {
            for (std::size_t i = 0; i < block.plain.size() && !options_.stop.stop_requested(); ++i)
              seats_[s].arm->warm(shown(seats_[s], block, i));
          });
        },
        tbb::simple_partitioner());
    if (source_) source_->seconds = 0;
    reading_before_ = reader_.seconds();
  }

  /// for experience in stream: score; learn. While the arms are busy with some lines, the copy reads the next, and the
  /// reader those after.
  void stream() {
    Block scoring, learning, reading;
    do {
      scoring = std::move(learning);
      learning = std::move(reading);
      reading = {};
      std::vector<std::function<void()>> jobs;
      jobs.emplace_back([&] { read(reading); });
      jobs.emplace_back([&] { read_with_source(learning); });
      for (Seat& seat : seats_) jobs.emplace_back([&] { experience(seat, scoring); });
      // Isolated: a thread that waits inside a job must not begin another, whose time would count as that of the first.
      tbb::parallel_for(
          std::size_t{0}, jobs.size(), [&](std::size_t j) { tbb::this_task_arena::isolate(jobs[j]); },
          tbb::simple_partitioner());
      base::stop_if_requested(options_.stop);
      tell(static_cast<double>(next_line_) / static_cast<double>(std::max<std::size_t>(1, lines_.size())), "scoring");
    } while (!reading.plain.empty() || !learning.plain.empty());
  }

  void read(Block& block) {
    while (next_line_ < lines_.size() && block.plain.size() < kBlock && !options_.stop.stop_requested() &&
           (options_.max_words == 0 || score_.words < options_.max_words)) {
      block.texts.push_back(lines_[next_line_]);
      block.plain.push_back(reader_.read(lines_[next_line_]));
      const auto& line = block.plain.back();
      score_.words += word_costs(line, std::vector<double>(line.size())).size();
      count_.add(lines_[next_line_]);
      score_.has_words = count_.has_words();
      score_.characters = count_.characters();
      ++next_line_;
    }
  }

  void read_with_source(Block& block) {
    if (!source_) return;
    const base::Stopwatch watch;
    block.learned = block.plain;
    for (auto& line : block.learned)
      if (!options_.stop.stop_requested()) read_with(source_->copy, line, true);
    source_->seconds += watch.seconds();
  }

  /// A line of the block as the arm is shown it.
  static Text shown(const Seat& seat, const Block& block, std::size_t line) {
    if (seat.reads_alone) return {block.texts[line], nullptr};
    return {block.texts[line], seat.source ? &block.learned[line] : &block.plain[line]};
  }

  void experience(Seat& seat, const Block& block) {
    const base::Stopwatch watch;
    for (std::size_t i = 0; i < block.plain.size() && !options_.stop.stop_requested(); ++i) {
      const Outcome outcome = seat.arm->experience(shown(seat, block, i));
      const std::vector<double> costs = word_costs(block.plain[i], std::get<Bits>(outcome).units);
      for (const double bits : costs) seat.score.bits += bits;
      seat.score.word_bits.insert(seat.score.word_bits.end(), costs.begin(), costs.end());
      seat.arm->think(options_.proposals_per_line);
    }
    seat.score.seconds += watch.seconds();
  }

  void tell(double share, const std::string& what) const {
    if (options_.progress) options_.progress(share, what);
  }

  static constexpr std::size_t kBlock = 8;          // lines
  static constexpr std::uint64_t kRound = 1 << 20;  // proposals
  const memory::Life& life_;
  const std::vector<std::string>& lines_;
  const ScoreOptions& options_;
  std::shared_ptr<const transformer::Model> model_;
  Reader reader_;
  CacheSettings cache_;
  transformer::OnlineOptions dynamic_;
  std::string cache_note_, dynamic_note_;
  std::unique_ptr<Source> source_;
  std::vector<Seat> seats_;
  Score score_;
  base::TextCount count_;
  std::mutex life_mutex_;  // several arms ask for texts
  std::size_t next_line_ = 0;
  double reading_before_ = 0;
};

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
  std::vector<ArmSpec> specs;
  for (const std::string& name : options.arms) {
    specs.push_back(ArmSpec::parse(name));
    if (!specs.back().kind->takes.contains(ExperienceKind::kText))
      throw base::UsageError(fmt::format("arm '{}' does not take texts", name));
  }
  if (lines.empty()) throw base::Error("the text to score has no line");
  return Scoring(life, lines, options).run(specs);
}

}  // namespace noema::reasoning

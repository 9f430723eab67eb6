#include "app/proof_commands.h"

#include <fmt/format.h>

#include <cmath>
#include <map>

#include "base/text.h"
#include "experiments/statistics.h"
#include "reasoning/journal.h"
#include "reasoning/replay.h"
#include "reasoning/score.h"

namespace noema::app {
namespace {

using memory::Access;
using memory::Life;
using nlohmann::ordered_json;

/// The lines from `begin` on that hold about so many words and line ends; moves `begin` past them.
std::vector<std::string> take_words(const std::vector<std::string>& lines, std::size_t& begin, std::uint64_t words) {
  std::vector<std::string> taken;
  for (std::uint64_t held = 0; begin < lines.size() && held < words; ++begin) {
    held += base::count_words(lines[begin]) + 1;
    taken.push_back(lines[begin]);
  }
  return taken;
}

// --- realised ------------------------------------------------------------------------------------------------------

struct RealisedArguments {
  std::string life, file;
  std::uint64_t blocks = 10, words = 50000;
};

/// Pearson's correlation; 0 where one side does not vary.
double correlation(const std::vector<double>& x, const std::vector<double>& y) {
  const auto n = static_cast<double>(x.size());
  double sx = 0, sy = 0, sxx = 0, syy = 0, sxy = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    sx += x[i];
    sy += y[i];
    sxx += x[i] * x[i];
    syy += y[i] * y[i];
    sxy += x[i] * y[i];
  }
  const double spread = (n * sxx - sx * sx) * (n * syy - sy * sy);
  return spread > 0 ? (n * sxy - sx * sy) / std::sqrt(spread) : 0;
}

void realised(const RealisedArguments& a, const Globals& globals) {
  const Life life = Life::open(a.life, Access::kRead);
  std::vector<double> gains;  // of the thoughts that stand and change L
  life.for_each_log_entry(0, [&](const memory::LogEntry& entry) {
    if (entry.kind == memory::LogKind::kThought && entry.thought->undone_by == 0)
      gains.push_back(reasoning::thought_of(*entry.thought).kind->is_decided_by_description() ? entry.thought->gain_bits
                                                                                              : 0);
  });
  const std::vector<std::string> all = lines_of(a.file);
  std::size_t begin = 0;
  const std::vector<std::string> lines = take_words(all, begin, a.words);
  const auto grown = [&](std::uint64_t thoughts, double& description) {
    concepts::Graph graph = reasoning::graph_after(life, thoughts);
    description = description_bits(graph);
    return reasoning::description_growth(graph, lines);
  };
  double last_description = 0, description = 0;
  const double unthinking = grown(0, last_description);
  double last = unthinking;
  const double first_description = last_description;
  std::vector<double> claimed, saved;
  double claimed_total = 0;
  std::size_t done = 0;
  for (std::uint64_t block = 1; block <= a.blocks; ++block) {
    const std::size_t until = gains.size() * block / a.blocks;
    if (until == done) continue;
    double claim = 0;
    for (; done < until; ++done) claim += gains[done];
    const double now = grown(until, description);
    claimed.push_back(claim);
    saved.push_back(last - now);
    claimed_total += claim;
    print_result(globals, {{"thoughts", until},
                           {"claimed_bits", claim},
                           {"recomputed_bits", last_description - description},
                           {"realised_bits", last - now}});
    last = now;
    last_description = description;
  }
  print_result(globals, {{"thoughts", gains.size()},
                         {"claimed_bits", claimed_total},
                         {"recomputed_bits", first_description - last_description},
                         {"realised_bits", unthinking - last},
                         {"of_bits", unthinking},
                         {"ratio", claimed_total > 0 ? (unthinking - last) / claimed_total : 0},
                         {"correlation", correlation(claimed, saved)}});
}

// --- leave ---------------------------------------------------------------------------------------------------------

struct LeaveArguments {
  std::string life, away, back;
  std::vector<std::string> arms{"noema", "dynamic"};
  std::uint64_t returns = 20, words = 500, away_words = 5000;
};

void leave(const LeaveArguments& a, const Globals& globals) {
  const Life life = Life::open(a.life, Access::kRead);
  const std::vector<std::string> away = lines_of(a.away), back = lines_of(a.back);
  reasoning::ScoreOptions options;
  options.arms = a.arms;
  options.stop = stop_token();
  options.dynamic = transformer::OnlineOptions{};
  std::map<std::string, std::vector<float>> stayed, returned;
  const std::size_t back_step = std::max<std::size_t>(1, back.size() / a.returns);
  const std::size_t away_step = std::max<std::size_t>(1, away.size() / a.returns);
  std::uint64_t done = 0;
  for (; done < a.returns && !interrupted(); ++done) {
    std::size_t there = done * away_step, here = done * back_step;
    std::vector<std::string> path = take_words(away, there, a.away_words);
    const std::vector<std::string> home = take_words(back, here, a.words);
    if (path.empty() || home.empty()) break;
    const reasoning::Score at_home = reasoning::score(life, home, options);
    path.insert(path.end(), home.begin(), home.end());
    const reasoning::Score coming_back = reasoning::score(life, path, options);
    for (std::size_t arm = 0; arm < at_home.arms.size(); ++arm) {
      const auto& own = at_home.arms[arm].word_bits;
      const auto& other = coming_back.arms[arm].word_bits;
      const std::vector<float> tail(other.end() - static_cast<std::ptrdiff_t>(own.size()), other.end());
      auto& all_stayed = stayed[at_home.arms[arm].arm];
      auto& all_returned = returned[at_home.arms[arm].arm];
      all_stayed.insert(all_stayed.end(), own.begin(), own.end());
      all_returned.insert(all_returned.end(), tail.begin(), tail.end());
    }
  }
  for (const auto& [arm, bits] : stayed) {
    const auto difference =
        experiments::paired_bootstrap(returned[arm], bits, {.seed = globals.seed, .stop = stop_token()});
    print_result(globals, {{"arm", arm},
                           {"returns", done},
                           {"words", bits.size()},
                           {"nats_per_word_worse", difference.nats_per_word},
                           {"low", difference.low},
                           {"high", difference.high}});
  }
}

}  // namespace

void add_proof_commands(CLI::App& app, Globals& globals) {
  {
    auto a = std::make_shared<RealisedArguments>();
    auto* command = app.add_subcommand("audit",
                                       "The gains that thoughts claimed, beside the bits they save on a text that "
                                       "follows: noema audit my.life next.txt");
    command->add_option("life", a->life, "The life; it is not changed")->required();
    command->add_option("file", a->file, "Text that it has not read")->required();
    command->add_option("--blocks", a->blocks, "Blocks of thoughts, in their order")
        ->check(CLI::Range(1, 1000))
        ->capture_default_str();
    command->add_option("--max-words", a->words, "So many words of the text")->capture_default_str();
    add_globals(*command, globals);
    command->callback([a, &globals] { realised(*a, globals); });
  }
  {
    auto a = std::make_shared<LeaveArguments>();
    auto* command = app.add_subcommand(
        "forgetting",
        "How much worse a life predicts a text after reading another one first: noema forgetting my.life --away a.txt "
        "--back b.txt");
    command->add_option("life", a->life, "The life; it is not changed")->required();
    command->add_option("--away", a->away, "Text of the stay elsewhere")->required();
    command->add_option("--back", a->back, "Text of the return")->required();
    command->add_option("--arms", a->arms, "Arms of noema score that take part")->delimiter(',')->capture_default_str();
    command->add_option("--returns", a->returns, "How often, each from the life as it is")
        ->check(CLI::Range(1, 10000))
        ->capture_default_str();
    command->add_option("--words", a->words, "Words scored after each return")->capture_default_str();
    command->add_option("--away-words", a->away_words, "Words read on each stay")->capture_default_str();
    add_globals(*command, globals);
    command->callback([a, &globals] { leave(*a, globals); });
  }
}

}  // namespace noema::app

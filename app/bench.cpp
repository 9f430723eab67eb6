// noema_bench measures speed and cost and prints one JSON object per line. Ratios are comparable, because both sides
// are measured in the same run; absolute numbers depend on the machine and its load.

#include <fmt/format.h>
#include <tbb/global_control.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <numeric>
#include <vector>

#include "app/bench.h"
#include "base/clock.h"
#include "base/error.h"
#include "base/files.h"
#include "base/rng.h"
#include "experiments/streams/zipf.h"
#include "memory/life.h"
#include "reasoning/mind.h"

namespace {

using noema::base::Stopwatch;
namespace fs = std::filesystem;

void report(const std::string& name, double value, const std::string& unit, std::optional<double> goal = std::nullopt) {
  noema::app::report({name, value, unit, {}, {}, goal});
}

/// A file in the temporary folder that is removed with this object.
struct Scratch {
  fs::path path = fs::temp_directory_path() / fmt::format("noema_bench_{}.life", ::getpid());
  ~Scratch() {
    for (const char* suffix : {"", "-wal", "-shm", ".lock", "-lock"}) fs::remove(path.string() + suffix);
  }
};

noema::memory::Life make_life(const fs::path& path) {
  noema::transformer::ModelOptions shape{
      .layers = 1, .width = 16, .heads = 1, .context = 32, .dropout = 0, .tokenizer = "bytes"};
  const auto model = noema::transformer::Model::random(shape, noema::transformer::Tokenizer::train("bytes", {}, 1), 1);
  noema::memory::CreateOptions options;
  options.model_bytes = model.serialize();
  options.model_hash = model.hash();
  return noema::memory::Life::create(path, options);
}

/// Seconds of the whole command that tells a life one thing, from starting the program to its end; the median of
/// several. Nothing if the program does not stand beside this one.
std::optional<double> seconds_to_tell(const fs::path& life) {
  constexpr int kTimes = 5;
  const fs::path noema = fs::read_symlink("/proc/self/exe").parent_path() / "noema", text = life.string() + ".txt";
  if (!fs::exists(noema)) return std::nullopt;
  std::vector<double> seconds;
  for (int i = 0; i < kTimes; ++i) {
    noema::base::write_file(text, fmt::format("one more thing, number {}\n", i));
    const Stopwatch watch;
    const int status = std::system(
        fmt::format("'{}' feed '{}' '{}' --quiet > /dev/null", noema.string(), life.string(), text.string()).c_str());
    seconds.push_back(watch.seconds());
    if (status != 0) throw noema::base::Error("noema feed failed on the life that was made; run it by hand");
  }
  fs::remove(text);
  std::nth_element(seconds.begin(), seconds.begin() + kTimes / 2, seconds.end());
  return seconds[kTimes / 2];
}

/// Measures the cost of an input while a life grows: lines of 12 words from a Zipf distribution, with one proposal of
/// thinking for each. The cost includes commits and checkpoints; the transformer's time is reported separately. Prints
/// the mean and the 99th percentile of each tenth.
void bench_life(std::size_t inputs) {
  constexpr std::size_t kTenths = 10;
  constexpr std::size_t kBatch = 256;
  noema::experiments::ZipfOptions zipf;
  zipf.lines = inputs;
  const std::vector<std::string> lines = noema::experiments::generate_zipf(zipf);
  const Scratch scratch;
  std::optional<noema::reasoning::Mind> fed(std::in_place, make_life(scratch.path));
  noema::reasoning::Mind& mind = *fed;
  mind.think_after_inputs(1);
  std::vector<double> means, percentiles;
  for (std::size_t tenth = 0; tenth < kTenths; ++tenth) {
    std::vector<double> microseconds;
    for (std::size_t i = tenth * inputs / kTenths; i < (tenth + 1) * inputs / kTenths; ++i) {
      const Stopwatch watch;
      noema::reasoning::Input input;
      input.text = lines[i];
      const auto perception = mind.perceive(input);
      if (i % kBatch == kBatch - 1) mind.commit();
      microseconds.push_back(1e6 * (watch.seconds() - perception.transformer_seconds));
    }
    const double mean =
        std::accumulate(microseconds.begin(), microseconds.end(), 0.0) / static_cast<double>(microseconds.size());
    auto percentile = microseconds.begin() + static_cast<std::ptrdiff_t>(microseconds.size() * 99 / 100);
    std::nth_element(microseconds.begin(), percentile, microseconds.end());
    means.push_back(mean);
    percentiles.push_back(*percentile);
    report(fmt::format("life/input_mean/tenth_{}", tenth + 1), mean, "us");
    report(fmt::format("life/input_p99/tenth_{}", tenth + 1), *percentile, "us");
  }
  report("life/input_mean/last_to_second", means.back() / means[1], "ratio", 1.3);
  report("life/input_p99/last_to_second", percentiles.back() / percentiles[1], "ratio", 1.3);
  report("life/state", static_cast<double>(mind.state_bytes()), "bytes");
  const Stopwatch closing;
  mind.think_after_inputs(0);  // which writes the checkpoint
  report("life/closing_checkpoint", closing.seconds(), "s");
  report("life/file", static_cast<double>(mind.view().life().file_bytes()), "bytes");
  fed.reset();
  {
    const Stopwatch opening;
    const noema::reasoning::Mind again(noema::memory::Life::open(scratch.path, noema::memory::Access::kRead), {});
    report("life/open", opening.seconds(), "s");
  }
  if (const auto seconds = seconds_to_tell(scratch.path))
    report(fmt::format("life/tell_one_thing/{}_inputs", inputs), *seconds, "s", 0.5);
}

/// Measures thinking until nothing is left, about sentences whose words belong to 40 classes that follow each other in
/// a Markov chain: the seconds on one thread and on two, and whether both had the same thoughts.
void bench_think(std::size_t sentences) {
  constexpr std::uint64_t kKinds = 40, kWords = 120, kLength = 14;
  std::vector<std::string> hashes;
  std::vector<double> seconds;
  for (const std::size_t threads : {1, 2}) {
    const tbb::global_control control(tbb::global_control::max_allowed_parallelism, threads);
    noema::concepts::Graph graph;
    noema::reasoning::Thinker thinker;
    noema::reasoning::GraphMutex mutex;
    noema::base::Rng rng(1);
    for (std::size_t i = 0; i < sentences; ++i) {
      std::vector<noema::concepts::ConceptId> units;
      std::uint64_t kind = rng.below(kKinds);
      for (std::uint64_t n = 0; n < kLength; ++n) {
        const std::string word = fmt::format("{}.{}", kind, rng.below(1 + rng.below(kWords)));
        units.push_back(graph.perceive_unit(word, " " + word));
        kind = (3 * kind + 1 + rng.below(1 + rng.below(5))) % kKinds;
      }
      thinker.notice(graph, graph.attach(units));
    }
    std::uint64_t number = 0;
    const auto thinking =
        thinker.think(graph, mutex, ~std::uint64_t{0}, [&](const noema::reasoning::Thought&) { return ++number; });
    hashes.push_back(graph.hash());
    seconds.push_back(thinking.seconds);
    report(fmt::format("think/{}_thread", threads), thinking.seconds, "s");
    report(fmt::format("think/thoughts_{}_thread", threads), static_cast<double>(thinking.thoughts), "thoughts");
  }
  report("think/speed_up", seconds[0] / seconds[1], "ratio of seconds", 1.7);
  report("think/same_graph", hashes[0] == hashes[1] ? 1 : 0, "1: yes", 1);
}

}  // namespace

void noema::app::report(const Figure& figure) {
  nlohmann::ordered_json row{{"name", figure.name}, {"value", figure.value}, {"unit", figure.unit}};
  if (figure.peer) row["peer"] = *figure.peer;
  if (figure.ratio) row["ratio"] = *figure.ratio;
  if (figure.goal) row["goal"] = *figure.goal;
  fmt::print("{}\n", row.dump());
  std::fflush(stdout);
}

int main(int argc, char** argv) {
  CLI::App app{"noema_bench: what noema costs. noema_bench [transformer|life|think ...]", "noema_bench"};
  std::vector<std::string> parts;
  std::size_t inputs = 200000;
  std::size_t sentences = 40000;
  std::string native;
  int rounds = 3, threads = 1;
  double seconds = 5;
  bool json = false;
  app.add_option(
         "parts", parts,
         "What to measure: transformer, life, think; nothing means all. step: one measurement of training steps")
      ->check(CLI::IsMember({"transformer", "life", "think", "step"}));
  app.add_option("--inputs", inputs, "Inputs of the life")->check(CLI::PositiveNumber)->capture_default_str();
  app.add_option("--sentences", sentences, "Sentences thought about")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  app.add_option("--native", native, "transformer: a noema_bench built for this CPU, to compare with")
      ->check(CLI::ExistingFile);
  app.add_option("--rounds", rounds, "transformer: how often all is measured in turn; medians are printed")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  app.add_option("--threads", threads, "step: threads")->check(CLI::PositiveNumber)->capture_default_str();
  app.add_option("--seconds", seconds, "step: seconds")->check(CLI::PositiveNumber)->capture_default_str();
  app.add_flag("--json", json, "Accepted for symmetry; the output is JSON lines always");
  CLI11_PARSE(app, argc, argv);
  try {
    const auto wanted = [&](const char* part) {
      return parts.empty() || std::find(parts.begin(), parts.end(), part) != parts.end();
    };
    if (std::find(parts.begin(), parts.end(), "step") != parts.end()) {
      noema::app::bench_step(threads, seconds);
      return 0;
    }
    if (wanted("transformer")) noema::app::bench_transformer(native, rounds);
    if (wanted("life")) bench_life(inputs);
    if (wanted("think")) bench_think(sentences);
  } catch (const std::exception& error) {
    fmt::print(stderr, "noema_bench: {}\n", error.what());
    return 1;
  }
  return 0;
}

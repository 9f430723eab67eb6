#include "app/life_commands.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <filesystem>
#include <memory>
#include <optional>

#include "app/feed_command.h"
#include "base/clock.h"
#include "base/error.h"
#include "base/files.h"
#include "base/text.h"
#include "reasoning/checkpoint.h"
#include "reasoning/mind.h"
#include "reasoning/replay.h"

namespace noema::app {

using memory::Access;
using memory::Life;
using nlohmann::ordered_json;
using reasoning::Mind;

namespace {

constexpr std::string_view kBornTiny = "tiny";
constexpr std::string_view kBornSmall = "small";

// --- new -----------------------------------------------------------------------------------------------------------

struct NewArguments {
  std::string life, model;
  std::int64_t max_concepts = 0, max_bytes = 0;
  bool force = false;
};

/// A model file, or random weights for a life from birth: no text yet, so it reads bytes.
transformer::Model model_for(const std::string& name, std::uint64_t seed) {
  if (name != kBornTiny && name != kBornSmall) {
    auto model = transformer::Model::load(name);
    model.shape();  // throws for anything but a transformer, before a life stands on it
    return model;
  }
  transformer::ModelOptions options = transformer::ModelOptions::preset(name);
  options.tokenizer = "bytes";
  return transformer::Model::random(options, transformer::Tokenizer::train(options.tokenizer, {}, seed), seed);
}

void make_life(const NewArguments& a, const Globals& globals) {
  const transformer::Model model = model_for(a.model, globals.seed);
  reasoning::budget_of(a.max_concepts, a.max_bytes, static_cast<std::size_t>(model.width()));
  memory::CreateOptions options;
  options.model_bytes = model.serialize();
  options.model_hash = model.hash();
  options.seed = globals.seed;
  options.max_concepts = a.max_concepts;
  options.max_bytes = a.max_bytes;
  options.time = base::SystemClock().now_seconds();
  options.force = a.force;
  if (a.model == kBornTiny || a.model == kBornSmall)
    options.options = nlohmann::json{{reasoning::kFromBirth, a.model}}.dump();
  const Life life = Life::create(a.life, options);
  print_result(globals,
               {{"life", a.life}, {"model", model.hash()}, {"seed", globals.seed}, {"file_bytes", life.file_bytes()}});
}

// --- think, ask ----------------------------------------------------------------------------------------------------

struct ThinkArguments {
  std::string life;
  double seconds = 0;
  std::uint64_t thoughts = 0;
  bool until_quiet = false;
  std::optional<std::uint64_t> consolidate;  ///< steps
  bool no_consolidate = false;
};

void think(const ThinkArguments& a, const Globals& globals) {
  if ((a.seconds > 0) + (a.thoughts > 0) + a.until_quiet > 1)
    throw base::UsageError("--for, --thoughts and --until-quiet exclude each other; give one");
  if (a.consolidate && a.no_consolidate)
    throw base::UsageError("--consolidate and --no-consolidate contradict each other");
  // Opening counts, and writing the checkpoint takes about as long: both lie within the time that is given.
  const base::Stopwatch watch;
  Mind mind(Life::open(a.life, Access::kWrite), {});
  mind.think_after_inputs(0);
  const double given = a.seconds - std::min(watch.seconds(), a.seconds / 4);
  const std::size_t before = mind.core().graph().concepts();
  ProgressBar bar(globals);
  const auto keep_on = [&] {
    bar.show(a.seconds > 0 ? watch.seconds() / given : 0, fmt::format("{} thoughts", mind.thinking().thoughts));
    return !interrupted() && (a.seconds == 0 || watch.seconds() < given);
  };
  const auto left = [&] { return a.seconds > 0 ? std::max(1e-3, given - watch.seconds()) : 0.0; };
  if (a.consolidate) mind.consolidate(*a.consolidate, left(), keep_on);
  // Against time, practising takes at most half of it at first; otherwise it comes when the graph is quiet.
  const auto practise = [&](double seconds) {
    if (a.consolidate || a.no_consolidate || !mind.consolidation_due()) return false;
    mind.consolidate(std::nullopt, seconds, keep_on);
    mind.commit();
    return true;
  };
  if (a.seconds > 0) practise(left() / 2);
  constexpr std::uint64_t kRound = 256;
  while (keep_on() && (a.thoughts == 0 || mind.thinking().thoughts < a.thoughts)) {
    const reasoning::Thinking round = mind.think(a.thoughts > 0 ? 1 : kRound, keep_on);
    if (round.examined == 0 && !practise(left())) break;
    mind.commit();
  }
  mind.checkpoint();
  const reasoning::Thinking total = mind.thinking();
  ordered_json kinds = ordered_json::object();
  for (const auto& [kind, count] : total.by_kind) kinds[kind] = count;
  print_result(globals, {{"thoughts", total.thoughts},
                         {"by_kind", kinds},
                         {"examined", total.examined},
                         {"rolled_back", total.rolled_back},
                         {"gain_bits", total.gain_bits},
                         {"seconds", watch.seconds()},
                         {"concepts_before", before},
                         {"concepts_after", mind.core().graph().concepts()}});
}

struct AskArguments {
  std::string life, question, questions;
  bool no_learn = false, learn = false;
};

ordered_json answer_json(Mind& mind, const reasoning::Answer& answer) {
  ordered_json evidence = ordered_json::array();
  for (const reasoning::Recalled& one : answer.evidence)
    evidence.push_back(
        {{"episode", one.episode}, {"text", mind.life().episode(one.episode)->text}, {"score", one.score}});
  return {{"answer", answer.answer ? ordered_json(*answer.answer) : ordered_json(nullptr)},
          {"confidence", answer.confidence},
          {"evidence", evidence},
          {"abstained", !answer.answer}};
}

void ask(const AskArguments& a, const Globals& globals) {
  if (a.question.empty() == a.questions.empty())
    throw base::UsageError("ask takes a question or --questions FILE, one of the two");
  if (a.learn && a.no_learn) throw base::UsageError("--learn and --no-learn contradict each other");
  const bool learn = a.questions.empty() ? !a.no_learn : a.learn;
  Mind mind(Life::open(a.life, learn ? Access::kWrite : Access::kRead), {});
  if (learn) mind.think_after_inputs(0);
  if (a.questions.empty()) {
    if (const auto bad = base::first_invalid_utf8(a.question))
      throw base::Error(fmt::format("the question is not UTF-8 at byte {}", *bad));
    print_result(globals, answer_json(mind, mind.answer(a.question, learn)));
  } else {
    base::LineReader reader(a.questions);
    while (const auto line = reader.next()) {
      const std::string where = fmt::format("{}:{}", a.questions, reader.line_number());
      const auto object = nlohmann::json::parse(*line, nullptr, false);
      if (!object.is_object() || !object.contains("text") || !object["text"].is_string())
        throw base::Error(fmt::format("{}: expected {{\"id\", \"text\"}}", where));
      const reasoning::Answer answer = mind.answer(object["text"].get<std::string>(), learn);
      ordered_json result{{"id", object.value("id", nlohmann::json())}};
      result.update(answer_json(mind, answer));
      print_result(globals, result);
    }
  }
  if (learn) mind.checkpoint();
}

// --- status, check, backup, replay -----------------------------------------------------------------------------------

void status(const std::string& path, const Globals& globals) {
  Mind mind(Life::open(path, Access::kRead), {});
  const auto& graph = mind.core().graph();
  const memory::LifeCounts counts = mind.life().counts();
  const auto& c = graph.concentrations();
  print_result(globals,
               {{"life", path},
                {"episodes", counts.episodes},
                {"let_go", graph.stream().first_episode()},
                {"units", graph.stream().attached_units()},
                {"concepts", graph.concepts()},
                {"composites", graph.composites()},
                {"relations", graph.statistics().cells()},
                {"thoughts", counts.thoughts},
                {"undone", counts.undos},
                {"agenda", mind.core().thinker().agenda().size()},
                {"description_bits", graph.description_bits()},
                {"graph_bits", graph.graph_bits()},
                {"concentrations",
                 {c.row_discount / 32.0, std::exp2(c.row_strength / 2.0), c.rest_discount / 32.0,
                  std::exp2(c.rest_strength / 2.0), c.category_discount / 32.0, std::exp2(c.category_strength / 2.0),
                  c.member_discount / 32.0, std::exp2(c.member_strength / 2.0)}},
                {"log_position", mind.life().last_position()},
                {"checkpoint_position", mind.life().checkpoint_position()},
                {"state_bytes", mind.state_bytes()},
                {"max_bytes", mind.life().max_bytes()},
                {"max_concepts", mind.life().max_concepts()},
                {"protected", graph.protected_nodes()},
                {"file_bytes", mind.life().file_bytes()},
                {"model", mind.life().model_hash()},
                {"seed", mind.life().seed()},
                {"graph_hash", graph.hash()},
                {"weights_hash", mind.weights_hash()}});
}

/// The file, then the graph: does the checkpoint say what the log says, and the counts what the stream says? All of it
/// in one snapshot, as another process may be writing.
void check(const std::string& path, const Globals& globals) {
  const Life life = Life::open(path, Access::kRead);
  std::vector<std::string> problems;
  std::string hash;
  life.consistently([&] {
    problems = life.check();
    if (!problems.empty()) return;
    concepts::Graph graph;
    reasoning::Thinker thinker;
    reasoning::load_graph(life, graph, thinker, nullptr);
    if (const auto difference = graph.first_difference()) problems.push_back(*difference);
    hash = graph.hash();
    if (reasoning::replay(life, false).graph.hash() != hash)
      problems.push_back(
          "the checkpoint is not what the log gives when it is replayed; restore a backup, or rebuild from the inputs");
    // Only a checkpoint of the log's end must agree in its counts.
    if (life.checkpoint_position() != life.last_position()) return;
    life.for_each_concept([&](const memory::ConceptRow& row) {
      const auto id = static_cast<concepts::ConceptId>(row.id);
      const std::int64_t counted = id < graph.size() ? graph.node(id).mentions : -1;
      if (row.count != counted && problems.size() < 50)
        problems.push_back(fmt::format("concept {} ({}): the checkpoint counts {} mentions, the log gives {}", row.id,
                                       row.label, row.count, counted));
    });
  });
  print_result(globals, {{"ok", problems.empty()}, {"problems", problems}, {"graph_hash", hash}});
  if (!problems.empty())
    throw base::Error(fmt::format("{}: {} problem(s); the first: {}", path, problems.size(), problems.front()));
}

void replay(const std::string& path, bool recompute, const Globals& globals) {
  const base::Stopwatch watch;
  const Life life = Life::open(path, Access::kRead);
  reasoning::Replay replay;
  std::string hash;
  life.consistently([&] {
    replay = reasoning::replay(life, recompute);
    concepts::Graph graph;
    reasoning::Thinker thinker;
    reasoning::load_graph(life, graph, thinker, nullptr);
    hash = graph.hash();
  });
  const std::string replayed = replay.graph.hash();
  print_result(globals, {{"episodes", replay.episodes},
                         {"thoughts", replay.thoughts},
                         {"graph_hash", hash},
                         {"replayed_hash", replayed},
                         {"same", hash == replayed},
                         {"differences", replay.differences},
                         {"seconds", watch.seconds()}});
  if (hash != replayed)
    throw base::Error(
        fmt::format("{}: replaying the log gives another graph than the life holds; run `noema check`", path));
  if (replay.differences > 0)
    throw base::Error(fmt::format("{}: {} decision(s) come out otherwise when made anew; the first: {}", path,
                                  replay.differences, replay.first_difference));
}

}  // namespace

void add_life_commands(CLI::App& app, Globals& globals) {
  {
    auto a = std::make_shared<NewArguments>();
    auto* command = app.add_subcommand(
        "new", "Make a life: noema new my.life --model book.model   (or --model tiny: born with random weights)");
    command->add_option("life", a->life, "File to make")->required();
    command->add_option("--model", a->model, "Model file, or tiny or small for random weights")->required();
    command->add_option("--max-concepts", a->max_concepts, "Most concepts the life may hold; 0 means no limit")
        ->check(CLI::NonNegativeNumber);
    command->add_option("--max-bytes", a->max_bytes, "Most bytes of state the life may hold; 0 means no limit")
        ->check(CLI::NonNegativeNumber);
    command->add_flag("--force", a->force, "Replace a life that is there");
    add_globals(*command, globals);
    command->callback([a, &globals] { make_life(*a, globals); });
  }
  add_feed_command(app, globals);
  {
    auto a = std::make_shared<ThinkArguments>();
    auto* command = app.add_subcommand("think", "Let a life think: noema think my.life --for 10");
    command->add_option("life", a->life, "The life")->required();
    command->add_option("--for", a->seconds, "Seconds to think")->check(CLI::PositiveNumber);
    command->add_option("--thoughts", a->thoughts, "Stop after so many thoughts")->check(CLI::PositiveNumber);
    command->add_flag("--until-quiet", a->until_quiet, "Until nothing is left to examine (the default)");
    command
        ->add_option("--consolidate", a->consolidate,
                     "First practise what is stored into the weights of its predictive copy, for so many steps")
        ->check(CLI::PositiveNumber);
    command->add_flag("--no-consolidate", a->no_consolidate,
                      "Do not practise, also when the inputs have doubled since the last time");
    add_globals(*command, globals);
    command->callback([a, &globals] { think(*a, globals); });
  }
  {
    auto a = std::make_shared<AskArguments>();
    auto* command = app.add_subcommand("ask", "Ask a life: noema ask my.life \"where is the cat?\"");
    command->add_option("life", a->life, "The life")->required();
    command->add_option("question", a->question, "The question");
    command->add_option("--questions", a->questions,
                        "File of JSON lines {\"id\",\"text\"}, answered in order; only read, unless --learn");
    command->add_flag("--no-learn", a->no_learn, "Do not keep the question as experience");
    command->add_flag("--learn", a->learn, "Keep the questions of a file as experience");
    add_globals(*command, globals);
    command->callback([a, &globals] { ask(*a, globals); });
  }
  auto path = std::make_shared<std::string>();
  {
    auto* command = app.add_subcommand("status", "What a life holds: noema status my.life");
    command->add_option("life", *path, "The life")->required();
    add_globals(*command, globals);
    command->callback([path, &globals] { status(*path, globals); });
  }
  {
    auto* command = app.add_subcommand("check", "Is the life sound? noema check my.life");
    command->add_option("life", *path, "The life")->required();
    add_globals(*command, globals);
    command->callback([path, &globals] { check(*path, globals); });
  }
  {
    auto target = std::make_shared<std::string>();
    auto* command =
        app.add_subcommand("backup", "Copy a life, also while it is in use: noema backup my.life copy.life");
    command->add_option("life", *path, "The life")->required();
    command->add_option("file", *target, "The copy to make")->required();
    add_globals(*command, globals);
    command->callback([path, target, &globals] {
      const Life life = Life::open(*path, Access::kRead);
      life.backup(*target);
      print_result(globals, {{"backup", *target}, {"file_bytes", std::filesystem::file_size(*target)}});
    });
  }
  {
    auto recompute = std::make_shared<bool>(false);
    auto* command = app.add_subcommand("replay", "Rebuild the graph from the log and compare: noema replay my.life");
    command->add_option("life", *path, "The life")->required();
    command->add_flag("--recompute", *recompute, "Make every decision anew and compare it with the log");
    add_globals(*command, globals);
    command->callback([path, recompute, &globals] { replay(*path, *recompute, globals); });
  }
}

}  // namespace noema::app

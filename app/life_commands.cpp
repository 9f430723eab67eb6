#include "app/life_commands.h"

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <filesystem>
#include <memory>

#include "base/clock.h"
#include "base/error.h"
#include "base/files.h"
#include "base/text.h"
#include "memory/feed.h"
#include "reasoning/life_graph.h"
#include "reasoning/mind.h"

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
  if (name != kBornTiny && name != kBornSmall) return transformer::Model::load(name);
  transformer::ModelOptions options = transformer::ModelOptions::preset(name);
  options.tokenizer = "bytes";
  return transformer::Model::random(options, transformer::Tokenizer::train(options.tokenizer, {}, seed), seed);
}

void make_life(const NewArguments& a, const Globals& globals) {
  const transformer::Model model = model_for(a.model, globals.seed);
  memory::CreateOptions options;
  options.model_bytes = model.serialize();
  options.model_hash = model.hash();
  options.seed = globals.seed;
  options.max_concepts = a.max_concepts;
  options.max_bytes = a.max_bytes;
  options.time = base::SystemClock().now_seconds();
  options.force = a.force;
  const Life life = Life::create(a.life, options);
  if (a.max_concepts > 0 || a.max_bytes > 0)
    remark(globals, "the limits are recorded in the life; this noema does not forget yet, so nothing keeps to them");
  print_result(globals,
               {{"life", a.life}, {"model", model.hash()}, {"seed", globals.seed}, {"file_bytes", life.file_bytes()}});
}

// --- feed ----------------------------------------------------------------------------------------------------------

struct FeedArguments {
  std::string life;
  std::vector<std::string> files;
  std::string format = "text", group, think = "auto", sync = "normal";
  bool again = false;
  bool predict = true;
};

/// A string member of a JSON line, absent or null allowed.
std::optional<std::string> text_member(const nlohmann::json& object, const char* key, const std::string& where) {
  const auto found = object.find(key);
  if (found == object.end() || found->is_null()) return std::nullopt;
  if (found->is_number_integer()) return found->dump();
  if (!found->is_string())
    throw base::Error(fmt::format("{}: \"{}\" is {}, expected a string", where, key, found->type_name()));
  return found->get<std::string>();
}

reasoning::Input input_of(const std::string& line, const FeedArguments& a, const std::string& source,
                          std::int64_t number) {
  const std::string where = fmt::format("{}:{}", source, number);
  reasoning::Input input;
  input.source = source;
  input.line = number;
  input.group = a.group;
  input.text = line;
  if (a.format == "labelled") {
    const std::size_t tab = line.find('\t');
    if (tab == std::string::npos)
      throw base::Error(
          fmt::format("{}: expected label<TAB>text, found no tab; give --format text for plain lines", where));
    input.kind = "labelled";
    input.label = line.substr(0, tab);
    input.text = line.substr(tab + 1);
  }
  if (a.format == "jsonl") {
    const auto object = nlohmann::json::parse(line, nullptr, false);
    if (!object.is_object())
      throw base::Error(fmt::format("{}: expected a JSON object, such as {{\"text\": \"...\"}}", where));
    const auto text = text_member(object, "text", where);
    if (!text) throw base::Error(fmt::format("{}: the object has no \"text\"", where));
    input.text = *text;
    input.id = text_member(object, "id", where);
    input.speaker = text_member(object, "speaker", where);
    input.label = text_member(object, "label", where);
    input.answer = text_member(object, "answer", where);
    if (object.contains("answer")) input.kind = "question";
    if (input.group.empty()) input.group = text_member(object, "group", where).value_or("");
    if (const auto time = object.find("time"); time != object.end() && time->is_number())
      input.time = time->get<double>();
    for (char& c : input.text)
      if (c == '\n' || c == '\r') c = ' ';  // an input is one line
    if (const auto bad = base::first_invalid_utf8(input.text))
      throw base::Error(fmt::format("{}: the text holds a NUL at byte {}", where, *bad));
  }
  return input;
}

std::uint64_t proposals_of(const std::string& think) {
  if (think == "auto" || think == "off") return 0;
  std::uint64_t proposals = 0;
  const char* end = think.data() + think.size();
  const auto [stop, error] = std::from_chars(think.data(), end, proposals);
  if (error != std::errc() || stop != end)
    throw base::UsageError(fmt::format("--think takes auto, off or a number of proposals, not '{}'", think));
  return proposals;
}

class Feeder {
 public:
  Feeder(Mind& mind, const FeedArguments& arguments, const Globals& globals)
      : mind_(mind), a_(arguments), globals_(globals), bar_(globals) {}

  void feed(const std::string& file) {
    memory::FeedCursor cursor(mind_.life(), file, {a_.format, a_.group, a_.again});
    if (cursor.resumed_after() > 0)
      remark(globals_, fmt::format("{}: goes on after line {}", file, cursor.resumed_after()));
    base::Stopwatch since;
    std::uint64_t pending = 0;
    const auto acknowledge = [&] {
      cursor.acknowledge();
      mind_.commit();
      pending = 0;
      since = {};
      if (globals_.json)
        print_result(globals_, {{"acknowledged", cursor.line_number()}, {"file", file}});
      else
        bar_.show(0, fmt::format("{}: {} lines", file, cursor.line_number()));
    };
    while (!interrupted()) {
      const auto line = cursor.next();
      if (!line) break;
      mind_.perceive(input_of(*line, a_, file, cursor.line_number()));
      ++inputs_;
      if (++pending >= kBatch || since.seconds() > kBatchSeconds) acknowledge();
    }
    acknowledge();
  }

  std::uint64_t inputs() const { return inputs_; }

 private:
  static constexpr std::uint64_t kBatch = 256;
  static constexpr double kBatchSeconds = 0.5;
  Mind& mind_;
  const FeedArguments& a_;
  const Globals& globals_;
  ProgressBar bar_;
  std::uint64_t inputs_ = 0;
};

void feed(const FeedArguments& a, const Globals& globals) {
  const std::uint64_t proposals = proposals_of(a.think);
  for (const std::string& file : a.files)
    if (file != "-") base::LineReader{file};  // all files are there before the first is fed
  const base::Stopwatch watch;
  memory::OpenOptions open;
  open.sync = a.sync == "full" ? memory::Sync::kFull : memory::Sync::kNormal;
  reasoning::MindOptions options;
  options.predict = a.predict;
  Mind mind(Life::open(a.life, Access::kWrite, open), options);
  mind.think_after_inputs(proposals);
  if (a.think == "auto") mind.start_background();
  Feeder feeder(mind, a, globals);
  for (const std::string& file : a.files) feeder.feed(file);
  const reasoning::Thinking thinking = mind.stop_background();
  mind.checkpoint();
  const double seconds = watch.seconds();
  print_result(globals, {{"inputs", feeder.inputs()},
                         {"concepts", mind.core().graph().concepts()},
                         {"relations", mind.core().graph().statistics().cells()},
                         {"thoughts", thinking.thoughts},
                         {"gain_bits", thinking.gain_bits},
                         {"seconds", seconds},
                         {"thinking_seconds", thinking.seconds},
                         {"transformer_seconds", mind.transformer_seconds()},
                         {"inputs_per_second", seconds > 0 ? static_cast<double>(feeder.inputs()) / seconds : 0}});
}

// --- think, ask ----------------------------------------------------------------------------------------------------

struct ThinkArguments {
  std::string life;
  double seconds = 0;
  std::uint64_t thoughts = 0;
  bool until_quiet = false;
};

void think(const ThinkArguments& a, const Globals& globals) {
  if ((a.seconds > 0) + (a.thoughts > 0) + a.until_quiet > 1)
    throw base::UsageError("--for, --thoughts and --until-quiet exclude each other; give one");
  Mind mind(Life::open(a.life, Access::kWrite), {});
  mind.think_after_inputs(0);
  const base::Stopwatch watch;
  const std::size_t before = mind.core().graph().concepts();
  ProgressBar bar(globals);
  const double limit = a.seconds > 0 ? a.seconds : 0;
  reasoning::Thinking total;
  const auto keep_on = [&] {
    bar.show(limit > 0 ? watch.seconds() / limit : 0, fmt::format("{} thoughts", mind.thinking().thoughts));
    return !interrupted() && (limit == 0 || watch.seconds() < limit);
  };
  constexpr std::uint64_t kRound = 256;
  while (keep_on() && (a.thoughts == 0 || mind.thinking().thoughts < a.thoughts)) {
    const reasoning::Thinking round = mind.think(a.thoughts > 0 ? 1 : kRound, keep_on);
    if (round.examined == 0) break;
    mind.commit();
  }
  mind.checkpoint();
  total = mind.thinking();
  ordered_json kinds = ordered_json::object();
  for (const auto& [kind, count] : total.by_kind) kinds[kind] = count;
  print_result(globals, {{"thoughts", total.thoughts},
                         {"by_kind", kinds},
                         {"examined", total.examined},
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
  print_result(globals, {{"life", path},
                         {"episodes", counts.episodes},
                         {"units", graph.stream().size()},
                         {"concepts", graph.concepts()},
                         {"composites", graph.composites()},
                         {"relations", graph.statistics().cells()},
                         {"thoughts", counts.thoughts},
                         {"undone", counts.undos},
                         {"agenda", mind.core().thinker().agenda_size()},
                         {"description_bits", graph.description_bits()},
                         {"graph_bits", graph.graph_bits()},
                         {"concentrations",
                          {c.row_discount / 32.0, std::exp2(c.row_strength / 2.0), c.root_discount / 32.0,
                           std::exp2(c.root_strength / 2.0)}},
                         {"log_position", mind.life().last_position()},
                         {"checkpoint_position", mind.life().checkpoint_position()},
                         {"state_bytes", mind.state_bytes()},
                         {"file_bytes", mind.life().file_bytes()},
                         {"model", mind.life().model_hash()},
                         {"seed", mind.life().seed()},
                         {"graph_hash", graph.hash()},
                         {"weights_hash", mind.model().hash()}});
}

/// The file, then the graph: does the checkpoint say what the log says, and the counts what the stream says?
void check(const std::string& path, const Globals& globals) {
  const Life life = Life::open(path, Access::kRead);
  std::vector<std::string> problems = life.check();
  std::string hash;
  if (problems.empty()) {
    Mind mind(Life::open(path, Access::kRead), {});
    if (const auto difference = mind.core().graph().first_difference()) problems.push_back(*difference);
    hash = mind.core().graph().hash();
    const reasoning::Replay replay = reasoning::replay(life, false);
    if (replay.graph.hash() != hash)
      problems.push_back(
          "the checkpoint is not what the log gives when it is replayed; restore a backup, or rebuild from the inputs");
    life.for_each_concept([&](const memory::ConceptRow& row) {
      const auto id = static_cast<concepts::ConceptId>(row.id);
      // Rows may be older than the log's end; only then may their counts be smaller.
      const bool current = life.checkpoint_position() == life.last_position();
      if (current && problems.size() < 50 && row.count != mind.core().graph().node(id).mentions)
        problems.push_back(fmt::format("concept {} ({}): the checkpoint counts {} mentions, the log gives {}", row.id,
                                       row.label, row.count, mind.core().graph().node(id).mentions));
    });
  }
  print_result(globals, {{"ok", problems.empty()}, {"problems", problems}, {"graph_hash", hash}});
  if (!problems.empty())
    throw base::Error(fmt::format("{}: {} problem(s); the first: {}", path, problems.size(), problems.front()));
}

void replay(const std::string& path, bool recompute, const Globals& globals) {
  const base::Stopwatch watch;
  const Life life = Life::open(path, Access::kRead);
  const reasoning::Replay replay = reasoning::replay(life, recompute);
  Mind mind(Life::open(path, Access::kRead), {});
  const std::string hash = mind.core().graph().hash();
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
  {
    auto a = std::make_shared<FeedArguments>();
    auto* command = app.add_subcommand(
        "feed", "Let a life read: noema feed my.life book.txt   (feeding it again goes on where it ended)");
    command->add_option("life", a->life, "The life")->required();
    command->add_option("files", a->files, "Text files, one input a line; .gz and .xz too; - is standard input")
        ->required();
    command->add_option("--format", a->format, "What a line is")
        ->check(CLI::IsMember({"text", "labelled", "jsonl"}))
        ->capture_default_str();
    command
        ->add_option("--think", a->think,
                     "auto: in the background; N: so many proposals after each input, repeatable; off")
        ->capture_default_str();
    command->add_option("--group", a->group, "Group that all lines belong to");
    command->add_option("--sync", a->sync, "What an acknowledged line survives: normal, a kill; full, a power loss")
        ->check(CLI::IsMember({"normal", "full"}))
        ->capture_default_str();
    command->add_flag("--again", a->again, "Feed files anew that the life has already");
    command->add_flag("!--no-predict", a->predict,
                      "Store and attach without scoring first; faster, but the mixture learns nothing");
    add_globals(*command, globals);
    command->callback([a, &globals] { feed(*a, globals); });
  }
  {
    auto a = std::make_shared<ThinkArguments>();
    auto* command = app.add_subcommand("think", "Let a life think: noema think my.life --for 10");
    command->add_option("life", a->life, "The life")->required();
    command->add_option("--for", a->seconds, "Seconds to think")->check(CLI::PositiveNumber);
    command->add_option("--thoughts", a->thoughts, "Stop after so many thoughts")->check(CLI::PositiveNumber);
    command->add_flag("--until-quiet", a->until_quiet, "Until nothing is left to examine (the default)");
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

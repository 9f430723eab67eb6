#include "app/feed_command.h"

#include <fmt/format.h>

#include <charconv>
#include <ctime>
#include <memory>
#include <optional>

#include "base/clock.h"
#include "base/error.h"
#include "base/files.h"
#include "base/text.h"
#include "memory/feed.h"
#include "reasoning/mind.h"

namespace noema::app {

using memory::Access;
using memory::Life;
using reasoning::Mind;

namespace {

struct FeedArguments {
  std::string life;
  std::vector<std::string> files;
  std::string format = "text", group, think = "auto", sync = "normal";
  bool again = false;
  bool predict = true;
  bool encode = true;
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

/// Seconds since 1970 from a number of seconds or from ISO 8601 with offset, such as 2024-02-29T12:00:00+00:00.
double seconds_of(const nlohmann::json& time, const std::string& where) {
  if (time.is_number()) return time.get<double>();
  std::tm parts{};
  const char* end = time.is_string()
                        ? ::strptime(time.get_ref<const std::string&>().c_str(), "%Y-%m-%dT%H:%M:%S%z", &parts)
                        : nullptr;
  if (end == nullptr || *end != '\0')
    throw base::Error(fmt::format(
        "{}: \"time\" is {}, expected ISO 8601 with offset, such as 2024-02-29T12:00:00+00:00", where, time.dump()));
  const long offset = parts.tm_gmtoff;  // timegm clears it
  return static_cast<double>(::timegm(&parts) - offset);
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
    if (const auto time = object.find("time"); time != object.end() && !time->is_null())
      input.time = seconds_of(*time, where);
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
    std::optional<memory::FeedCursor> opened;
    mind_.with_life([&](memory::Life& life) {
      opened.emplace(life, file, memory::FeedOptions{a_.format, a_.group, a_.again});
    });
    memory::FeedCursor& cursor = *opened;
    if (cursor.resumed_after() > 0)
      remark(globals_, fmt::format("{}: goes on after line {}", file, cursor.resumed_after()));
    base::Stopwatch since;
    std::uint64_t pending = 0;
    const auto acknowledge = [&] {
      mind_.with_life([&](memory::Life&) { cursor.acknowledge(); });
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
  options.encode = a.encode;
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

}  // namespace

void add_feed_command(CLI::App& app, Globals& globals) {
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
  command->add_flag("!--no-encode", a->encode,
                    "Give concepts no dense vectors; faster, and similar goes by company alone");
  add_globals(*command, globals);
  command->callback([a, &globals] { feed(*a, globals); });
}

}  // namespace noema::app

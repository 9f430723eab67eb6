// noema feed LIFE FILE...|-

#include <fmt/format.h>

#include <charconv>
#include <memory>

#include "app/actions/feed.h"
#include "app/command.h"
#include "app/human.h"
#include "app/remote/answering.h"
#include "app/remote/remote_feed.h"
#include "app/results.h"
#include "base/error.h"
#include "base/stop.h"
#include "memory/inputs/format.h"

namespace noema::app::feed_command {

namespace {

struct FeedArguments {
  FeedRequest request;
  std::string think = "auto", sync = "normal";
};

FeedThinking thinking_of(const std::string& think) {
  if (think == "auto") return {};
  if (think == "off") return {false, 0};
  std::uint64_t proposals = 0;
  const char* end = think.data() + think.size();
  const auto [stop, error] = std::from_chars(think.data(), end, proposals);
  if (error != std::errc() || stop != end)
    throw base::UsageError(fmt::format("--think takes auto, off or a number of proposals, not '{}'", think));
  return {false, proposals};
}

/// "1.2 MB/s, 3:05 left".
std::string rate_of(const FeedProgress& progress) {
  std::string text = fmt::format("{:.3g} kB/s", progress.bytes_per_second / 1000);
  if (progress.bytes_per_second >= 1e6) text = fmt::format("{:.3g} MB/s", progress.bytes_per_second / 1e6);
  if (!progress.seconds_left) return text;
  const auto left = static_cast<long>(*progress.seconds_left + 0.5);
  return text + fmt::format(", {}:{:02} left", left / 60, left % 60);
}

void print_for_people(const FeedResult& result) {
  print_text("{} read in {} ({} inputs a second); {} meanwhile.\n", counted(result.inputs, "input"),
             human_seconds(result.seconds), human_number(result.inputs_per_second()),
             counted(result.thoughts, "thought"));
  print_text("The life now has {} and {}.\n", counted(result.concepts, "concept"),
             counted(result.relations, "relation"));
}

void feed(FeedArguments& a, const Globals& globals) {
  a.request.thinking = thinking_of(a.think);
  a.request.sync = a.sync == "full" ? memory::Sync::kFull : memory::Sync::kNormal;
  refuse_for_address(a.request.life, {{"--think", a.think != "auto"},
                                      {"--sync", a.sync != "normal"},
                                      {"--no-predict", !a.request.predict},
                                      {"--no-encode", !a.request.encode}});
  FeedResult result;
  {
    ProgressBar bar(globals);
    FeedEvents events;
    events.stop = stop_token();
    events.remark = [&](const std::string& text) { remark(globals, text); };
    events.acknowledged = [&](const FeedProgress& progress) {
      if (globals.json) print_json({{"acknowledged", progress.lines}, {"file", progress.file}});
      bar.show(progress.share.value_or(0),
               fmt::format("{}: {}, {}", progress.file,
                           counted(static_cast<std::uint64_t>(progress.lines), progress.noun), rate_of(progress)));
    };
    const auto remote = remote_life(a.request.life, globals);
    result = remote ? feed(*remote, a.request, events) : feed(a.request, events);
  }
  print_value(globals, result, print_for_people);
  if (result.interrupted)
    throw base::Interrupted("interrupted; what was acknowledged is stored, run the command again to go on after it");
}

std::vector<std::string> names_of_formats() {
  std::vector<std::string> names;
  for (const memory::InputFormatEntry& entry : memory::input_formats()) names.emplace_back(entry.name);
  return names;
}

std::string help_of_formats() {
  std::string help = "Format of the lines:";
  for (const memory::InputFormatEntry& entry : memory::input_formats())
    help += fmt::format("{} {}: {}", help.back() == ':' ? "" : ";", entry.name, entry.help);
  return help;
}

}  // namespace

void add(CLI::App& app, Globals& globals) {
  auto a = std::make_shared<FeedArguments>();
  auto* command = app.add_subcommand(
      "feed", "Let a life read files: noema feed my.life book.txt   (feeding a file again continues where it ended)");
  command->add_option("life", a->request.life, kLifeOrAddress)->required();
  command
      ->add_option("files", a->request.files,
                   "Text files with one input per line, plain, .gz or .xz; - means standard input; with --format "
                   "images idx files or folders")
      ->required();
  command->add_option("--format", a->request.format, help_of_formats())
      ->check(CLI::IsMember(names_of_formats()))
      ->capture_default_str();
  command
      ->add_option("--think", a->think,
                   "auto: think in the background; N: examine N proposals after each input (reproducible); off")
      ->capture_default_str();
  command->add_option("--group", a->request.group, "Put all lines into this group");
  command->add_option("--sync", a->sync, "What acknowledged lines survive: normal: a kill; full: also a power loss")
      ->check(CLI::IsMember({"normal", "full"}))
      ->capture_default_str();
  command->add_flag("--again", a->request.again, "Feed files again that the life has read already");
  command->add_flag("!--no-predict", a->request.predict,
                    "Do not predict inputs before storing them; faster, but the mixture of experts learns nothing");
  command->add_flag("!--no-encode", a->request.encode,
                    "Give concepts no dense vectors; faster, but noema similar then compares neighbours only");
  add_server_options(*command, globals);
  add_globals(*command, globals);
  command->callback([a, &globals] { feed(*a, globals); });
}

}  // namespace noema::app::feed_command

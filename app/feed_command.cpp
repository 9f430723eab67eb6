#include "app/feed_command.h"

#include <fmt/format.h>

#include <charconv>
#include <memory>

#include "app/actions/feed.h"
#include "base/error.h"
#include "base/stop.h"
#include "memory/inputs/format.h"

namespace noema::app {

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

void feed(FeedArguments& a, const Globals& globals) {
  a.request.thinking = thinking_of(a.think);
  a.request.sync = a.sync == "full" ? memory::Sync::kFull : memory::Sync::kNormal;
  ProgressBar bar(globals);
  FeedEvents events;
  events.stop = stop_token();
  events.remark = [&](const std::string& text) { remark(globals, text); };
  events.acknowledged = [&](const FeedProgress& progress) {
    if (globals.json) print_result(globals, {{"acknowledged", progress.lines}, {"file", progress.file}});
    bar.show(progress.share.value_or(0),
             fmt::format("{}: {} lines, {}", progress.file, progress.lines, rate_of(progress)));
  };
  const FeedResult result = feed(a.request, events);
  print_result(globals,
               {{"inputs", result.inputs},
                {"concepts", result.concepts},
                {"relations", result.relations},
                {"thoughts", result.thoughts},
                {"gain_bits", result.gain_bits},
                {"seconds", result.seconds},
                {"thinking_seconds", result.thinking_seconds},
                {"transformer_seconds", result.transformer_seconds},
                {"inputs_per_second", result.seconds > 0 ? static_cast<double>(result.inputs) / result.seconds : 0}});
  if (result.interrupted)
    throw base::Interrupted("interrupted; what was acknowledged is stored, run the command again to go on after it");
}

std::vector<std::string> names_of_formats() {
  std::vector<std::string> names;
  for (const memory::InputFormatEntry& entry : memory::input_formats()) names.emplace_back(entry.name);
  return names;
}

std::string help_of_formats() {
  std::string help = "What a line is:";
  for (const memory::InputFormatEntry& entry : memory::input_formats())
    help += fmt::format("{} {}: {}", help.back() == ':' ? "" : ";", entry.name, entry.help);
  return help;
}

}  // namespace

void add_feed_command(CLI::App& app, Globals& globals) {
  auto a = std::make_shared<FeedArguments>();
  auto* command = app.add_subcommand(
      "feed", "Let a life read: noema feed my.life book.txt   (feeding it again goes on where it ended)");
  command->add_option("life", a->request.life, "The life")->required();
  command->add_option("files", a->request.files, "Text files, one input a line; .gz and .xz too; - is standard input")
      ->required();
  command->add_option("--format", a->request.format, help_of_formats())
      ->check(CLI::IsMember(names_of_formats()))
      ->capture_default_str();
  command
      ->add_option("--think", a->think,
                   "auto: in the background; N: so many proposals after each input, repeatable; off")
      ->capture_default_str();
  command->add_option("--group", a->request.group, "Group that all lines belong to");
  command->add_option("--sync", a->sync, "What an acknowledged line survives: normal, a kill; full, a power loss")
      ->check(CLI::IsMember({"normal", "full"}))
      ->capture_default_str();
  command->add_flag("--again", a->request.again, "Feed files anew that the life has already");
  command->add_flag("!--no-predict", a->request.predict,
                    "Store and attach without scoring first; faster, but the mixture learns nothing");
  command->add_flag("!--no-encode", a->request.encode,
                    "Give concepts no dense vectors; faster, and similar goes by company alone");
  add_globals(*command, globals);
  command->callback([a, &globals] { feed(*a, globals); });
}

}  // namespace noema::app

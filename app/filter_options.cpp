#include "app/filter_options.h"

#include "base/error.h"
#include "base/time.h"

namespace noema::app {
namespace {

/// What is wrong with a time, or nothing.
std::string complaint_of_time(const std::string& text) {
  try {
    base::parse_time(text);
    return {};
  } catch (const base::Error& error) {
    return error.what();
  }
}

}  // namespace

reasoning::RecallFilter FilterArguments::filter() const {
  reasoning::RecallFilter filter;
  if (!group.empty()) filter.group = group;
  if (!speaker.empty()) filter.speaker = speaker;
  if (!since.empty()) filter.since = base::parse_time(since).seconds;
  return filter;
}

void add_filter_options(CLI::App& command, FilterArguments& arguments, const std::string& verb) {
  command.add_option("--group", arguments.group, verb + " only inputs of this group");
  command.add_option("--speaker", arguments.speaker, verb + " only what this speaker told");
  command
      .add_option("--since", arguments.since,
                  verb + " only what was told at this time or later, such as 2024-02-29T12:00")
      ->check(CLI::Validator(complaint_of_time, "TIME"));
}

}  // namespace noema::app

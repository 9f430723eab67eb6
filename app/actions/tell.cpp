#include "app/actions/tell.h"

#include <fmt/format.h>

#include "app/actions/names.h"
#include "app/actions/source.h"
#include "base/clock.h"
#include "base/error.h"
#include "base/failure_context.h"
#include "base/text.h"
#include "reasoning/mind.h"
#include "reasoning/telling.h"

namespace noema::app {
namespace {

std::optional<memory::EpisodeId> input_named(const memory::Life& life, const std::string& id,
                                             const std::string& group) {
  if (const auto row = life.episodes().find(group, id)) return row->id;
  const auto number = input_number(id);
  const auto row = number ? life.episodes().find(*number) : std::nullopt;
  return row && (group.empty() || row->group == group) ? number : std::nullopt;
}

[[noreturn]] void refuse_input(const std::string& id, const std::string& group) {
  throw UnknownName(fmt::format("no input{} has the number or id '{}'; `noema recall` gives the numbers of inputs",
                                group.empty() ? "" : fmt::format(" of the group '{}'", group), id));
}

}  // namespace

void require_tellable(const memory::Input& input) {
  if (input.text.find_first_not_of(" \t") == std::string::npos) throw base::Error("the text is empty");
  require_line(input);
}

void require_line(const memory::Input& input) {
  if (const auto bad = base::first_invalid_utf8(input.text))
    throw base::Error(fmt::format("the text is not UTF-8 at byte {}", *bad));
  if (input.text.find('\n') != std::string::npos)
    throw base::Error("the text has more than one line; `noema feed` reads files");
}

ToldValue tell(memory::Life life, const memory::Input& input) {
  const base::FailureContext context("telling a life");
  require_tellable(input);
  const base::SystemClock clock;
  ToldValue value;
  if (auto telling = reasoning::Telling::begin(life, clock)) {
    value.episode = telling->tell(input);
    telling->keep();
    life.commit();
    return value;
  }
  reasoning::Mind mind(std::move(life));
  mind.think_after_inputs(0);
  value.episode = mind.perceive(input).episode;
  mind.checkpoint();
  return value;
}

nlohmann::ordered_json to_json(const ToldValue& value) {
  nlohmann::ordered_json told{{"episode", value.episode}};
  if (value.is_known) told["known"] = true;
  return told;
}

ToldValue told_value_of(const nlohmann::json& object) {
  return {object.at("episode").get<memory::EpisodeId>(), object.value("known", false)};
}

ForgottenValue forget(memory::Life life, const std::string& id, const std::string& group) {
  if (!input_named(life, id, group)) refuse_input(id, group);  // before the graph is loaded
  reasoning::Mind mind(std::move(life));
  return forget(mind, id, group);
}

ForgottenValue forget(reasoning::Mind& mind, const std::string& id, const std::string& group) {
  const base::FailureContext context("withdrawing an input");
  ForgottenValue value;
  mind.with_life([&](const memory::Life& life) {
    const auto input = input_named(life, id, group);
    if (!input) refuse_input(id, group);
    value = {*input, shown_text(*life.episodes().input(*input))};
  });
  value.thought = mind.withdraw(value.episode);
  return value;
}

nlohmann::ordered_json to_json(const ForgottenValue& value) {
  return {{"episode", value.episode}, {"text", value.text}, {"thought", fmt::format("thought:{}", value.thought)}};
}

ForgottenValue forgotten_value_of(const nlohmann::json& object) {
  const auto thought = object.at("thought").get<std::string>();
  return {object.at("episode").get<memory::EpisodeId>(), object.at("text").get<std::string>(),
          input_number(thought.substr(std::min(thought.size(), thought.find(':') + 1))).value_or(0)};
}

}  // namespace noema::app

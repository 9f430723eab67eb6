#include "app/actions/ask.h"

#include <fmt/format.h>

#include "app/actions/json_fields.h"
#include "app/actions/names.h"
#include "base/clock.h"
#include "base/error.h"
#include "base/failure_context.h"
#include "base/text.h"
#include "base/time.h"

namespace noema::app {

using nlohmann::ordered_json;

reasoning::AsOf as_of(const memory::Life& life, const std::string& text) {
  reasoning::AsOf as_of;
  const auto input = input_number(text);
  if (input && *input > 0 && *input <= life.counts().episodes)
    as_of.input = input;
  else
    as_of.time = base::parse_time(text).seconds;
  return as_of;
}

AskValue ask(reasoning::Mind& mind, const AskRequest& request) {
  const base::FailureContext context("answering a question");
  if (const auto bad = base::first_invalid_utf8(request.question))
    throw base::Error(fmt::format("the question is not UTF-8 at byte {}", *bad));
  const bool stores = request.learn || request.is_right;
  if (stores) refuse_unknown(mind.view().life(), request.filter);
  const reasoning::Answer answer = request.is_right
                                       ? mind.judge(request.question, *request.is_right, request.filter)
                                       : mind.answer(request.question, request.learn, request.as_of, request.filter);
  AskValue value{answer.answer, answer.confidence, {}, answer.chain, answer.inferred_by, answer.gone_since};
  const reasoning::MindView view = mind.view();
  if (!stores && answer.evidence.empty()) refuse_unknown(view.life(), request.filter);
  for (const reasoning::Recalled& one : answer.evidence)
    if (auto input = quoted(view.life(), one.episode)) value.evidence.push_back({std::move(*input), one.score});
  return value;
}

ordered_json to_json(const AskValue& value) {
  ordered_json evidence = ordered_json::array();
  for (const Evidence& one : value.evidence) {
    evidence.push_back({{"episode", one.input.episode}, {"text", one.input.text}, {"score", one.score}});
    evidence.back().update(to_json_of_origin(one.input));
  }
  return {{"answer", json_or_null(value.answer)},
          {"confidence", value.confidence},
          {"evidence", evidence},
          {"chain", value.chain},
          {"inferred_by", json_or_null(value.inferred_by)},
          {"no_longer_known_since",
           value.gone_since ? ordered_json(base::iso8601(*value.gone_since)) : ordered_json(nullptr)},
          {"abstained", !value.answer}};
}

AskValue ask_value_of(const nlohmann::json& object) {
  AskValue value;
  value.answer = value_or_none<std::string>(object, "answer");
  object.at("confidence").get_to(value.confidence);
  value.evidence = each_of(object.at("evidence"), [](const nlohmann::json& one) {
    return Evidence{quoted_of(one), one.at("score").get<double>()};
  });
  object.at("chain").get_to(value.chain);
  value.inferred_by = value_or_none<std::string>(object, "inferred_by");
  value.gone_since = time_or_none(object, "no_longer_known_since");
  return value;
}

}  // namespace noema::app

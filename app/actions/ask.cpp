#include "app/actions/ask.h"

#include <fmt/format.h>

#include "base/error.h"
#include "base/failure_context.h"
#include "base/text.h"

namespace noema::app {

using nlohmann::ordered_json;

AskValue ask(reasoning::Mind& mind, const AskRequest& request) {
  const base::FailureContext context("answering a question");
  if (const auto bad = base::first_invalid_utf8(request.question))
    throw base::Error(fmt::format("the question is not UTF-8 at byte {}", *bad));
  const reasoning::Answer answer = mind.answer(request.question, request.learn);
  AskValue value{answer.answer, answer.confidence, {}, answer.chain};
  const reasoning::MindView view = mind.view();
  for (const reasoning::Recalled& one : answer.evidence)
    if (auto input = quoted(view.life(), one.episode)) value.evidence.push_back({std::move(*input), one.score});
  return value;
}

ordered_json to_json(const AskValue& value) {
  ordered_json evidence = ordered_json::array();
  for (const Evidence& one : value.evidence)
    evidence.push_back({{"episode", one.input.episode}, {"text", one.input.text}, {"score", one.score}});
  return {{"answer", value.answer ? ordered_json(*value.answer) : ordered_json(nullptr)},
          {"confidence", value.confidence},
          {"evidence", evidence},
          {"chain", value.chain},
          {"abstained", !value.answer}};
}

}  // namespace noema::app

#include "app/actions/classify.h"

#include "base/failure_context.h"
#include "base/files.h"
#include "base/stop.h"

namespace noema::app {

using nlohmann::ordered_json;

void classify_lines(const memory::Life& life, const std::string& file,
                    const std::function<void(const ClassifiedLine&)>& take, const std::stop_token& stop) {
  const base::FailureContext context("classifying");
  base::LineReader reader(file);
  const reasoning::Classes classes = reasoning::Classes::of(life);
  while (auto text = reader.next()) {
    base::stop_if_requested(stop);
    auto named = classes.classify(*text);
    take({reader.line_number(), std::move(*text), std::move(named)});
  }
}

ordered_json to_json(const ClassifiedLine& line) {
  const auto or_null = [](const std::optional<std::string>& text) {
    return text ? ordered_json(*text) : ordered_json(nullptr);
  };
  return {{"line", line.line},
          {"label", or_null(line.named.label)},
          {"confidence", line.named.confidence},
          {"runner_up", or_null(line.named.runner_up)},
          {"likeliest", or_null(line.named.best)},
          {"unknown", line.named.unknown}};
}

}  // namespace noema::app

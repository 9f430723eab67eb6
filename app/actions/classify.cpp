#include "app/actions/classify.h"

#include "app/actions/source.h"
#include "base/failure_context.h"
#include "base/files.h"
#include "base/stop.h"
#include "memory/images/source.h"

namespace noema::app {

using nlohmann::ordered_json;

namespace {

void classify_images(const memory::Life& life, const std::string& inputs,
                     const std::function<void(const ClassifiedLine&)>& take, const std::stop_token& stop) {
  const auto images = memory::open_images(inputs, memory::Labels::kIfThere, {});
  const reasoning::Classes classes = reasoning::Classes::of(life);
  std::uint64_t number = 0;
  while (const auto one = images->next()) {
    base::stop_if_requested(stop);
    const memory::Image& image = one->image;
    const std::string text = one->name.empty() ? shown_image(memory::PngSize{image.width, image.height}) : one->name;
    take({++number, text, classes.classify(image)});
  }
}

}  // namespace

void classify_inputs(const memory::Life& life, const std::string& inputs,
                     const std::function<void(const ClassifiedLine&)>& take, const std::stop_token& stop) {
  const base::FailureContext context("classifying");
  if (memory::are_images(inputs)) return classify_images(life, inputs, take, stop);
  base::LineReader reader(inputs);
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

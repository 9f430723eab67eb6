#include "reasoning/arms/arm.h"

#include <fmt/format.h>

#include "base/error.h"

namespace noema::reasoning {

namespace {

[[noreturn]] void refuse_state(std::string_view arm) {
  throw base::Error(fmt::format("the saved state of arm {} is damaged, or another arm's; begin the arm anew", arm));
}

}  // namespace

Outcome Learner::answer(const Experience&) {
  base::check(false, "this arm cannot answer without learning");
  return Label{};
}

std::string packed_state(const nlohmann::json& state) {
  std::string bytes;
  nlohmann::json::to_msgpack(state, nlohmann::detail::output_adapter<char>(bytes));
  return bytes;
}

nlohmann::json unpacked_state(std::string_view bytes, std::string_view arm) {
  nlohmann::json state = nlohmann::json::from_msgpack(bytes.begin(), bytes.end(), true, false);
  if (!state.is_object() || state.value("arm", nlohmann::json()) != arm) refuse_state(arm);
  return state;
}

void take_state(std::string_view bytes, std::string_view arm, const std::function<void(const nlohmann::json&)>& take) {
  const nlohmann::json state = unpacked_state(bytes, arm);
  try {
    take(state);
  } catch (const nlohmann::json::exception&) {
    refuse_state(arm);
  }
}

TextArm::TextArm(std::string name, std::shared_ptr<const transformer::Model> model)
    : name_(std::move(name)), model_(std::move(model)) {}

Reader& TextArm::reader() {
  if (!reader_) reader_ = std::make_unique<Reader>(*model_);
  return *reader_;
}

Outcome TextArm::experience(const Experience& experience) {
  const auto* text = std::get_if<Text>(&experience);
  base::check(text != nullptr, "this arm takes texts only");
  return Bits{text->reading != nullptr ? predict(*text->reading) : predict(read(text->text))};
}

void TextArm::warm(const Experience& experience) {
  const auto* text = std::get_if<Text>(&experience);
  base::check(text != nullptr, "this arm takes texts only");
  if (text->reading != nullptr) {
    store(*text->reading);
  } else {
    store(read(text->text));
  }
}

std::string TextArm::save() {
  return packed_state(
      {{"arm", name_}, {"reader", reader_ ? reader_->state() : nlohmann::json()}, {"own", own_state()}});
}

void TextArm::load(std::string_view bytes) {
  take_state(bytes, name_, [&](const nlohmann::json& state) {
    if (!state.at("reader").is_null()) reader().restore(state.at("reader"));
    restore_own(state.at("own"));
  });
}

}  // namespace noema::reasoning

#include "app/server/resources.h"

#include <fmt/format.h>

#include <algorithm>

namespace noema::app {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;

constexpr std::string_view kScheme = "noema://";

/// The parameters without which an operation cannot be called.
std::vector<std::string> needed_by(const Operation& operation) {
  std::vector<std::string> names;
  for (const Parameter& parameter : operation.parameters)
    if (parameter.is_required) names.push_back(parameter.name);
  return names;
}

/// Calls visit(operation, names of what it needs) for each operation that is a resource.
template <typename Visit>
void for_each_resource(const Visit& visit) {
  for (const Operation& operation : operations()) {
    const auto needed = needed_by(operation);
    if (operation.reads_only && operation.for_agents && needed.size() <= 1) visit(operation, needed);
  }
}

int digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/// RFC 3986, 2.1. A percent sign that begins no code stands for itself.
std::string percent_decoded(std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool is_code = text[i] == '%' && i + 2 < text.size() && digit(text[i + 1]) >= 0 && digit(text[i + 2]) >= 0;
    result += is_code ? static_cast<char>(digit(text[i + 1]) * 16 + digit(text[i + 2])) : text[i];
    if (is_code) i += 2;
  }
  return result;
}

std::string json_text(const ordered_json& value) {
  return value.dump(1, ' ', false, ordered_json::error_handler_t::replace);
}

ordered_json called(LiveMind& mind, std::string_view name, const json& arguments, const Calling& calling) {
  const Operation& operation = *operation_named(name);
  return operation.call(mind, checked(operation, arguments), calling);
}

struct Prompt {
  const char *name, *help, *argument, *argument_help;
  std::string (*text)(LiveMind& mind, const std::string& argument, const Calling& calling);
};

std::string text_to_answer(LiveMind& mind, const std::string& question, const Calling& calling) {
  std::string text = fmt::format(
      "Answer the question from what this memory holds, and from nothing else. Name the inputs that you use. If they "
      "do "
      "not say it, say that it was never told.\n\nQuestion: {}\n\nThe memory's own answer:\n{}\n\nInputs that the "
      "question calls up:\n",
      question, json_text(called(mind, "ask", {{"question", question}, {"learn", false}}, calling)));
  const ordered_json recalled = called(mind, "recall", {{"cue", question}}, calling);
  for (const auto& hit : recalled["hits"])
    text += fmt::format("[{}] {}\n", hit.value("episode", std::int64_t{0}), hit.value("text", ""));
  return text;
}

std::string text_to_tell(LiveMind& mind, const std::string& thing, const Calling& calling) {
  return fmt::format("Say in a few sentences what is known of {}, since when, and what it was before.\n\nFacts:\n{}\n",
                     thing, json_text(called(mind, "facts", {{"thing", thing}}, calling)));
}

std::string text_to_keep(LiveMind&, const std::string& topic, const Calling&) {
  return fmt::format(
      "Look through this conversation for what is worth knowing later about {}. Tell it to the memory with the tool "
      "remember: one statement an input, each true by itself, with names instead of pronouns.",
      topic);
}

const std::vector<Prompt>& prompts() {
  static const std::vector<Prompt> all{
      {"answer_from_memory", "Answer a question from what the life was told, with the inputs that say it.", "question",
       "The question, on one line", text_to_answer},
      {"what_is_known", "Sum up what is known of a thing, with dates.", "thing", "The thing, as inputs call it",
       text_to_tell},
      {"keep_conversation", "Tell the life what a conversation said about a topic.", "topic", "What it should be about",
       text_to_keep}};
  return all;
}

}  // namespace

ordered_json resource_list() {
  ordered_json list = ordered_json::array();
  for_each_resource([&](const Operation& operation, const std::vector<std::string>& needed) {
    if (needed.empty())
      list.push_back({{"uri", std::string(kScheme) + operation.name},
                      {"name", operation.name},
                      {"description", operation.help},
                      {"mimeType", "application/json"}});
  });
  return list;
}

ordered_json resource_templates() {
  ordered_json list = ordered_json::array();
  for_each_resource([&](const Operation& operation, const std::vector<std::string>& needed) {
    if (!needed.empty())
      list.push_back({{"uriTemplate", fmt::format("{}{}/{{{}}}", kScheme, operation.name, needed.front())},
                      {"name", operation.name},
                      {"description", operation.help},
                      {"mimeType", "application/json"}});
  });
  return list;
}

ordered_json read_resource(LiveMind& mind, const std::string& uri, const Calling& calling) {
  const std::string_view path = std::string_view(uri).substr(uri.starts_with(kScheme) ? kScheme.size() : uri.size());
  const std::size_t slash = path.find('/');
  ordered_json contents;
  for_each_resource([&](const Operation& operation, const std::vector<std::string>& needed) {
    if (operation.name != path.substr(0, slash) || needed.empty() != (slash == std::string_view::npos)) return;
    json arguments = json::object();
    if (!needed.empty()) arguments[needed.front()] = percent_decoded(path.substr(slash + 1));
    contents =
        ordered_json::array({{{"uri", uri},
                              {"mimeType", "application/json"},
                              {"text", json_text(operation.call(mind, checked(operation, arguments), calling))}}});
  });
  if (contents.is_null())
    throw BadArguments(
        fmt::format("there is no resource '{}'; resources/list and resources/templates/list name them", uri));
  return contents;
}

ordered_json prompt_list() {
  ordered_json list = ordered_json::array();
  for (const Prompt& one : prompts())
    list.push_back(
        {{"name", one.name},
         {"description", one.help},
         {"arguments",
          ordered_json::array({{{"name", one.argument}, {"description", one.argument_help}, {"required", true}}})}});
  return list;
}

ordered_json prompt(LiveMind& mind, const std::string& name, const json& arguments, const Calling& calling) {
  const auto found =
      std::find_if(prompts().begin(), prompts().end(), [&](const Prompt& one) { return one.name == name; });
  if (found == prompts().end()) throw BadArguments(fmt::format("there is no prompt '{}'", name));
  if (!arguments.is_object() || !arguments.contains(found->argument) || !arguments[found->argument].is_string())
    throw BadArguments(fmt::format("the prompt {} needs the text '{}'", name, found->argument));
  const std::string text = found->text(mind, arguments[found->argument], calling);
  return {{"description", found->help},
          {"messages", ordered_json::array({{{"role", "user"}, {"content", {{"type", "text"}, {"text", text}}}}})}};
}

}  // namespace noema::app

#pragma once
// What a life knows, as resources and prompts of the Model Context Protocol: an agent's host can read them, or put them
// before a model, without a model's asking for a tool.

#include <nlohmann/json.hpp>
#include <string>

#include "app/server/operation.h"

namespace noema::app {

/// Operations that only read and need no argument: noema://status, noema://rules ...
nlohmann::ordered_json resource_list();
/// Operations that only read and need one argument: noema://facts/{thing}, noema://concept/{concept} ...
nlohmann::ordered_json resource_templates();
/// The contents of such an address; the argument is percent-encoded. Throws BadArguments for an address that names
/// nothing, and base::Error for what the operation refuses.
nlohmann::ordered_json read_resource(LiveMind& mind, const std::string& uri, const Calling& calling);

nlohmann::ordered_json prompt_list();
/// The messages of a prompt, with what the life recalls and answers in them. Throws BadArguments for an unknown name or
/// a missing argument.
nlohmann::ordered_json prompt(LiveMind& mind, const std::string& name, const nlohmann::json& arguments,
                              const Calling& calling);

}  // namespace noema::app

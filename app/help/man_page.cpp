#include "app/help/man_page.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace noema::app::help {
namespace {

/// Text that roff prints as it stands: no request, no escape, no typographic dash or quotation mark.
std::string as_roff(std::string_view text) {
  std::string result;
  for (const char c : text) {
    const bool begins_line = result.empty() || result.back() == '\n';
    if (begins_line && (c == '.' || c == '\'')) result += "\\&";
    if (c == '\\')
      result += "\\e";
    else if (c == '-')
      result += "\\-";
    else if (c == '\'')
      result += "\\(aq";
    else if (c == '`')
      result += "\\(ga";
    else
      result += c;
  }
  return result;
}

std::string heading_of(const OptionHelp& option) {
  std::vector<std::string> names;
  for (const std::string& name : option.names) names.push_back("\\fB" + as_roff(name) + "\\fR");
  std::string heading = fmt::format("{}", fmt::join(names, ", "));
  const std::string value = option.choices.empty() ? option.value : fmt::format("{}", fmt::join(option.choices, "|"));
  if (!value.empty() && !option.is_positional) heading += " \\fI" + as_roff(value) + "\\fR";
  return heading;
}

}  // namespace

std::string man_page(std::string_view description, std::string_view version, const std::vector<CommandHelp>& commands) {
  const std::size_t end = description.find('\n');
  std::string_view first = description.substr(0, end);
  first = first.substr(first.find(", ") == std::string_view::npos ? 0 : first.find(", ") + 2);
  std::string page = fmt::format(
      ".TH NOEMA 1 \"\" \"noema {}\" \"User Commands\"\n.SH NAME\nnoema \\- {}\n.SH SYNOPSIS\n.B noema\n.I COMMAND\n"
      "[\\fIOPTIONS\\fR]\n",
      as_roff(version), as_roff(first));
  if (end != std::string_view::npos)
    page += fmt::format(".SH DESCRIPTION\n.nf\n{}\n.fi\n", as_roff(description.substr(end + 1)));
  std::string group;
  for (const CommandHelp& command : commands) {
    if (command.group != group) page += fmt::format(".SH \"{}\"\n", as_roff(group = command.group));
    page += fmt::format(".SS \"noema {}\"\n{}\n", as_roff(command.name), as_roff(command.text));
    for (const OptionHelp& option : command.options)
      page += fmt::format(".TP\n{}\n{}\n", heading_of(option), as_roff(option.text));
  }
  return page;
}

}  // namespace noema::app::help

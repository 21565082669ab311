-- Run inside a real Neovim: starts the language server over stdio, opens one file, and writes what the editor
-- received as JSON to $PROBE_RESULT. Configuration comes in $PROBE_CONFIG as JSON.
local config = vim.fn.json_decode(vim.env.PROBE_CONFIG)
local result = { version = vim.fn.execute('version'):match('NVIM v[%d.]+') }

local function finish()
  vim.fn.writefile({ vim.fn.json_encode(result) }, vim.env.PROBE_RESULT)
  vim.cmd('qall!')
end

local ok, failure = pcall(function()
  vim.cmd('edit ' .. vim.fn.fnameescape(config.file))
  local buffer = vim.api.nvim_get_current_buf()
  local id = vim.lsp.start_client({ name = 'jarviscore-fleet', cmd = config.cmd, root_dir = config.root })
  vim.lsp.buf_attach_client(buffer, id)
  assert(vim.wait(20000, function()
    return #vim.diagnostic.get(buffer) > 0
  end, 20), 'no diagnostics within 20 s')
  result.diagnostics = vim.tbl_map(function(d)
    return { line = d.lnum, code = d.code or (d.user_data and d.user_data.lsp and d.user_data.lsp.code), message = d.message }
  end, vim.diagnostic.get(buffer))

  local function request(method, line, character, extra)
    local params = { textDocument = vim.lsp.util.make_text_document_params(buffer), position = { line = line, character = character } }
    for key, value in pairs(extra or {}) do params[key] = value end
    local answers = vim.lsp.buf_request_sync(buffer, method, params, 10000)
    for _, answer in pairs(answers or {}) do
      if answer.err then error(method .. ': ' .. vim.inspect(answer.err)) end
      return answer.result
    end
  end

  result.hover = request('textDocument/hover', config.hover.line, config.hover.character)
  result.definition = request('textDocument/definition', config.navigation.line, config.navigation.character)
  result.references = request('textDocument/references', config.navigation.line, config.navigation.character, {
    context = { includeDeclaration = true },
  })
  result.prepared = request('textDocument/prepareRename', config.navigation.line, config.navigation.character)
  local client = vim.lsp.get_client_by_id(id)
  result.offers = vim.tbl_keys(client.server_capabilities)
  local edit = request('textDocument/rename', config.navigation.line, config.navigation.character, {
    newName = config.navigation.newName,
  })
  vim.lsp.util.apply_workspace_edit(edit, client.offset_encoding)
  result.renamed = vim.api.nvim_buf_get_lines(buffer, 0, -1, false)
  result.renamedElsewhere = vim.fn.bufexists(config.other) == 1
    and vim.api.nvim_buf_get_lines(vim.fn.bufnr(config.other), 0, -1, false)
  result.completion = request('textDocument/completion', config.completion.line, config.completion.character)
  local at = { start = { line = config.action.line, character = 0 }, ['end'] = { line = config.action.line, character = 1 } }
  local actions = request('textDocument/codeAction', config.action.line, 0, {
    range = at,
    context = { diagnostics = vim.tbl_map(function(d)
      return d.user_data.lsp and vim.tbl_extend('keep', {
        range = { start = { line = d.lnum, character = d.col }, ['end'] = { line = d.end_lnum, character = d.end_col } },
        message = d.message,
      }, d.user_data.lsp)
    end, vim.diagnostic.get(buffer, { lnum = config.action.line })) },
  })
  result.actions = vim.tbl_map(function(action) return action.title end, actions or {})
  for _, action in ipairs(actions or {}) do
    if action.title == config.action.title then
      vim.lsp.util.apply_workspace_edit(action.edit, vim.lsp.get_client_by_id(id).offset_encoding)
    end
  end
  result.text = vim.api.nvim_buf_get_lines(buffer, 0, -1, false)
  local function unread()
    return vim.tbl_filter(function(d) return d.message:match(config.action.message) end, vim.diagnostic.get(buffer))
  end
  vim.wait(10000, function() return #unread() == 0 end, 20)
  result.remaining = #unread()
end)
if not ok then result.failure = tostring(failure) end
finish()

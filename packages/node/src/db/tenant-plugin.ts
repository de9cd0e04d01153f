import {
  AliasNode,
  BinaryOperationNode,
  ColumnNode,
  type ColumnUpdateNode,
  type DeleteQueryNode,
  IdentifierNode,
  type InsertQueryNode,
  JoinNode,
  type KyselyPlugin,
  OnConflictNode,
  type OperationNode,
  OperationNodeTransformer,
  OperatorNode,
  type PluginTransformQueryArgs,
  type PluginTransformResultArgs,
  PrimitiveValueListNode,
  type QueryId,
  type QueryResult,
  type RawNode,
  ReferenceNode,
  type RootOperationNode,
  type SelectQueryNode,
  TableNode,
  type UnknownRow,
  type UpdateQueryNode,
  ValueListNode,
  ValueNode,
  ValuesNode,
  WhereNode,
  type WithNode,
} from 'kysely'
import { BACKUP_PLAN } from './backup-plan.ts'
import type { Slot } from './statement.ts'

/** Tables that belong to the installation and to no tenant: a tenant's handle cannot name them. */
const SYSTEM_TABLES: ReadonlySet<string> = new Set(['tenants', 'installation', 'rate_limits', 'signing_keys'])
const TENANT_TABLES: ReadonlySet<string> = new Set(Object.keys(BACKUP_PLAN).filter((name) => !SYSTEM_TABLES.has(name)))

const QUERIES = new Set(['SelectQueryNode', 'InsertQueryNode', 'UpdateQueryNode', 'DeleteQueryNode'])
/** Joins that a condition narrows. Right and full joins keep what no condition meets, other tenants' rows among it. */
const JOINS = new Set(['InnerJoin', 'LeftJoin', 'CrossJoin', 'LateralInnerJoin', 'LateralLeftJoin', 'LateralCrossJoin'])
/** Words with which raw SQL could reach a table that the plugin does not see. */
const REACHES_TABLES = /\b(select|table|insert|update|delete|merge)\b/i

/** A query that a tenant's handle refuses, because nothing could keep it to one tenant. It is a bug of ours. */
export class UnscopedQueryError extends Error {
  override name = 'UnscopedQueryError'
}

/**
 * Keeps every query of a handle to one tenant: each table that a query names, in any subquery or join, is narrowed to the
 * tenant's rows, and each inserted row gets the tenant's id. What cannot be narrowed throws `UnscopedQueryError`.
 */
export class TenantPlugin implements KyselyPlugin {
  readonly #transformer: TenantTransformer

  constructor(tenantId: number | Slot) {
    this.#transformer = new TenantTransformer(tenantId)
  }

  transformQuery({ node, queryId }: PluginTransformQueryArgs): RootOperationNode {
    if (!QUERIES.has(node.kind)) {
      throw new UnscopedQueryError(`A tenant's handle cannot run a ${node.kind}: it could reach other tenants`)
    }
    return this.#transformer.transformNode(node, queryId)
  }

  async transformResult({ result }: PluginTransformResultArgs): Promise<QueryResult<UnknownRow>> {
    return result
  }
}

/** Rewrites queries, one after another: nothing in it waits. */
class TenantTransformer extends OperationNodeTransformer {
  readonly #tenantId: number | Slot
  /** Names of common table expressions that the place being rewritten can see. */
  #ctes: ReadonlySet<string> = new Set()

  constructor(tenantId: number | Slot) {
    super()
    this.#tenantId = tenantId
  }

  protected override transformSelectQuery(node: SelectQueryNode, queryId?: QueryId): SelectQueryNode {
    return this.#afterCtes(node, (rest) => {
      const query = super.transformSelectQuery(rest, queryId)
      return this.#narrow(query, this.#filtersFor(query.from?.froms))
    })
  }

  protected override transformUpdateQuery(node: UpdateQueryNode, queryId?: QueryId): UpdateQueryNode {
    return this.#afterCtes(node, (rest) => {
      const query = super.transformUpdateQuery(rest, queryId)
      const target = query.table && this.#filterForTarget(query.table)
      return this.#narrow(query, [...(target ? [target] : []), ...this.#filtersFor(query.from?.froms)])
    })
  }

  protected override transformDeleteQuery(node: DeleteQueryNode, queryId?: QueryId): DeleteQueryNode {
    return this.#afterCtes(node, (rest) => {
      const query = super.transformDeleteQuery(rest, queryId)
      const targets = query.from.froms.map((table) => this.#filterForTarget(table))
      return this.#narrow(query, [...targets, ...this.#filtersFor(query.using?.tables)])
    })
  }

  protected override transformInsertQuery(node: InsertQueryNode, queryId?: QueryId): InsertQueryNode {
    return this.#afterCtes(node, (rest) => {
      const query = super.transformInsertQuery(rest, queryId)
      if (!query.into) throw new UnscopedQueryError("A tenant's handle inserts into a table")
      if (query.replace || query.orAction?.action === 'replace') {
        throw new UnscopedQueryError("A tenant's handle does not replace rows: they could be another tenant's")
      }
      const filter = this.#filterForTarget(query.into)
      const onConflict = query.onConflict?.updates
        ? { onConflict: OnConflictNode.cloneWithUpdateWhere(query.onConflict, filter) }
        : {}
      return { ...query, ...this.#ownRows(query), ...onConflict }
    })
  }

  protected override transformJoin(node: JoinNode, queryId?: QueryId): JoinNode {
    if (!JOINS.has(node.joinType)) {
      throw new UnscopedQueryError(`A tenant's handle cannot run a ${node.joinType}: it keeps other tenants' rows`)
    }
    const join = super.transformJoin(node, queryId)
    const filter = this.#filterFor(join.table)
    if (!filter) return join
    // A cross join has no condition; with one it is an inner join.
    if (join.joinType === 'CrossJoin') return JoinNode.createWithOn('InnerJoin', join.table, filter)
    return JoinNode.cloneWithOn(join, filter)
  }

  protected override transformColumnUpdate(node: ColumnUpdateNode, queryId?: QueryId): ColumnUpdateNode {
    const column = ReferenceNode.is(node.column) ? node.column.column : node.column
    if (!ColumnNode.is(column) || column.column.name === 'tenant_id') {
      throw new UnscopedQueryError("A tenant's handle changes named columns, and never tenant_id")
    }
    return super.transformColumnUpdate(node, queryId)
  }

  protected override transformRaw(node: RawNode, queryId?: QueryId): RawNode {
    if (node.sqlFragments.some((text) => REACHES_TABLES.test(text))) {
      throw new UnscopedQueryError("Raw SQL in a tenant's query cannot name tables: build the query instead")
    }
    return super.transformRaw(node, queryId)
  }

  /**
   * Rewrites a query's common table expressions, each seeing those before it, and then the rest of the query, which sees
   * them all.
   */
  #afterCtes<T extends { readonly with?: WithNode }>(node: T, transform: (rest: T) => T): T {
    if (!node.with) return transform(node)
    const outside = this.#ctes
    try {
      const expressions = node.with.expressions.map((expression) => {
        const rewritten = super.transformCommonTableExpression(expression)
        this.#ctes = new Set([...this.#ctes, expression.name.table.table.identifier.name])
        return rewritten
      })
      const { with: names, ...rest } = node
      return { ...transform(rest as T), with: { ...names, expressions } }
    } finally {
      this.#ctes = outside
    }
  }

  #narrow<T extends { readonly where?: WhereNode }>(query: T, filters: readonly OperationNode[]): T {
    let where = query.where
    for (const filter of filters) {
      where = where ? WhereNode.cloneWithOperation(where, 'And', filter) : WhereNode.create(filter)
    }
    return { ...query, ...(where ? { where } : {}) }
  }

  #ownRows({ values, columns }: InsertQueryNode): Pick<InsertQueryNode, 'values' | 'columns'> {
    if (!values || !ValuesNode.is(values) || !columns) {
      throw new UnscopedQueryError("A tenant's handle inserts values only, not the result of a query")
    }
    if (columns.some(({ column }) => column.name === 'tenant_id')) {
      throw new UnscopedQueryError('Leave tenant_id out: the handle fills it in')
    }
    const rows = values.values.map((row) =>
      PrimitiveValueListNode.is(row)
        ? PrimitiveValueListNode.create([...row.values, this.#tenantId])
        : ValueListNode.create([...row.values, ValueNode.create(this.#tenantId)]),
    )
    return { columns: [...columns, ColumnNode.create('tenant_id')], values: ValuesNode.create(rows) }
  }

  #filtersFor(tables: readonly OperationNode[] = []): OperationNode[] {
    return tables.map((table) => this.#filterFor(table)).filter((filter) => filter !== undefined)
  }

  /** `<table>.tenant_id = <tenant>`; nothing for what is narrowed from within: a subquery, a common table expression. */
  #filterFor(expression: OperationNode): OperationNode | undefined {
    const table = AliasNode.is(expression) ? expression.node : expression
    if (table.kind === 'SelectQueryNode') return undefined
    // A name with a schema is always a table.
    if (TableNode.is(table) && !table.table.schema && this.#ctes.has(table.table.identifier.name)) return undefined
    return this.#filterForTarget(expression)
  }

  /** The same for a table that is written to: a common table expression of its name does not stand in for it. */
  #filterForTarget(expression: OperationNode): OperationNode {
    const table = AliasNode.is(expression) ? expression.node : expression
    if (!TableNode.is(table)) throw new UnscopedQueryError(`A tenant's handle cannot use a ${table.kind} as a table`)
    const { name } = table.table.identifier
    if (!TENANT_TABLES.has(name)) {
      throw new UnscopedQueryError(`The table ${name} does not belong to tenants; use the system handle`)
    }
    return BinaryOperationNode.create(
      ReferenceNode.create(ColumnNode.create('tenant_id'), TableNode.create(aliasOf(expression) ?? name)),
      OperatorNode.create('='),
      ValueNode.create(this.#tenantId),
    )
  }
}

function aliasOf(expression: OperationNode): string | undefined {
  if (!AliasNode.is(expression)) return undefined
  if (IdentifierNode.is(expression.alias)) return expression.alias.name
  throw new UnscopedQueryError("A tenant's handle needs plain names for its tables")
}
